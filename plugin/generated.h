#pragma once

// The generated code does not keep to this project's warnings.
#pragma GCC system_header

#include "go_plugin.grpc.pb.h"
#include "tfplugin6.grpc.pb.h"
