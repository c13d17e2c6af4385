# Lists the images of a region, for tests.

terraform {
  required_providers {
    image = { source = "imagecopy/image" }
  }
}

variable "region" {
  type = string
}

data "image_list" "all" {
  cloud  = "alicloud"
  region = var.region
}

output "ids" {
  value = data.image_list.all.ids
}
