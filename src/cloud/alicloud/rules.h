#pragma once

#include "src/cloud/copy_rules.h"
#include "src/cloud/source_rules.h"

namespace cloud::alicloud {

/// What is forbidden of a copy, as far as that is known without asking the cloud.
void check_copy(const CopySpec& spec, CopyStage stage, Violations& violations);

/// What is forbidden of a copy's source.
void check_source(SourceRules& rules);

}  // namespace cloud::alicloud
