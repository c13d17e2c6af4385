#pragma once

#include "src/cloud/vendor.h"

/// A fourth vendor that makes images in memory, to prove that a vendor is its own folder and an entry in the
/// table: it needs no enumerator, no HTTP and no change of anything that is not its own.
namespace toy {

/// With every capability. `Client` says what its cloud holds.
const cloud::Vendor& vendor();

/// Without any capability, and with no traits but unique names.
const cloud::Vendor& bare_vendor();

}  // namespace toy
