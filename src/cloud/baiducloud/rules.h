#pragma once

#include "src/cloud/copy_rules.h"
#include "src/cloud/source_rules.h"

namespace cloud::baiducloud {

/// Checks a copy without an API call.
void check_copy(const CopySpec& spec, CopyStage stage, Violations& violations);

/// Checks the source image of a copy.
void check_source(SourceRules& rules);

}  // namespace cloud::baiducloud
