variable "images" {
  type    = map(string)
  default = { cn-shanghai = "m-uf6golden0000000001" }
}

import {
  for_each = var.images
  to       = image_copy.golden[each.key]
  id       = provider::image::import_id("alicloud", each.key, each.value)
}

resource "image_copy" "golden" {
  for_each = var.images

  cloud              = "alicloud"
  source_image_id    = null # not required for an existing image
  destination_region = each.key
  name               = "golden-2026-11"
}
