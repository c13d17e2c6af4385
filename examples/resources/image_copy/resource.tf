# Copies a golden image to three regions.
resource "image_copy" "golden" {
  for_each = toset(["cn-shanghai", "cn-beijing", "ap-southeast-1"])

  cloud              = "alicloud"
  source_region      = "cn-hangzhou"
  source_image_id    = "m-bp1golden00000000001"
  destination_region = each.key
  name               = "golden-2026-11"

  tags = {
    team = "platform"
  }
}

# Copies across regions on Huawei Cloud require an agency.
resource "image_copy" "across" {
  cloud              = "huaweicloud"
  source_region      = "cn-north-4"
  source_image_id    = "465076de-dc36-4aec-80f5-ef9d8009428f"
  destination_region = "cn-south-1"
  name               = "golden-2026-11"

  huaweicloud = {
    agency_name = "ims_copy_image"
  }

  timeouts = {
    create = "6h"
  }
}
