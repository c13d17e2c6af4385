data "image_info" "golden" {
  cloud       = "alicloud"
  region      = "cn-hangzhou"
  name_regex  = "^golden-"
  most_recent = true
}

resource "image_copy" "golden" {
  cloud              = "alicloud"
  source_region      = data.image_info.golden.region
  source_image_id    = data.image_info.golden.image_id
  destination_region = "cn-shanghai"
  name               = data.image_info.golden.name
}
