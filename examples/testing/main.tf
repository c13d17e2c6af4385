# An example module that copies a golden image to several regions.

terraform {
  required_version = ">= 1.7"
  required_providers {
    image = { source = "imagecopy/image" }
  }
}

variable "source_image_id" {
  description = "ID of the image to copy."
  type        = string
}

variable "regions" {
  description = "Regions to copy the image to."
  type        = set(string)

  validation {
    condition     = !contains(var.regions, "cn-hangzhou")
    error_message = "The image is in cn-hangzhou already."
  }
}

variable "name" {
  description = "Name of the copies."
  type        = string
}

variable "wait" {
  description = "Whether to wait for the copies."
  type        = bool
  default     = true
}

resource "image_copy" "golden" {
  for_each = var.regions

  cloud              = "alicloud"
  source_region      = "cn-hangzhou"
  source_image_id    = var.source_image_id
  destination_region = each.key
  name               = var.name
  wait_until         = var.wait ? "available" : "submitted"
}

# Warns of copies that failed.
check "no_copy_failed" {
  assert {
    condition     = alltrue([for copy in image_copy.golden : copy.status != "failed"])
    error_message = "A copy has failed: ${join(", ", [for copy in image_copy.golden : "${copy.destination_region}: ${copy.status_reason}" if copy.status == "failed"])}"
  }
}

output "image_ids" {
  value = { for region, copy in image_copy.golden : region => copy.image_id }
}
