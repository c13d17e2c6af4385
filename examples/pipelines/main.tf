# Copies a golden image to several regions. The state and its lock are in PostgreSQL.

terraform {
  required_version = ">= 1.5"

  required_providers {
    image = { source = "imagecopy/image" }
  }

  # The environment variable PG_CONN_STR is the database's address, such as postgres://terraform@db.example.com/terraform.
  backend "pg" {
    schema_name = "golden_images"
  }
}

variable "endpoint" {
  description = "Overrides the cloud's endpoint, for example to use an emulator. Defaults to the cloud's own endpoint."
  type        = string
  default     = null
}

variable "source_image_id" {
  description = "ID of the image to copy."
  type        = string
  default     = "m-bp1golden00000000001"
}

variable "name" {
  description = "Name of the copies."
  type        = string
  default     = "golden-2026-11"
}

variable "regions" {
  description = "Regions to copy the image to."
  type        = set(string)
  default     = ["ap-southeast-1", "cn-beijing", "cn-shanghai", "cn-shenzhen"]
}

# The pipeline's secrets provide the credentials as environment variables.
provider "image" {
  alicloud = {
    region   = "cn-hangzhou"
    endpoint = var.endpoint
  }
}

resource "image_copy" "golden" {
  for_each = var.regions

  cloud              = "alicloud"
  source_image_id    = var.source_image_id
  destination_region = each.key
  name               = var.name
  # Copies that are not finished by then continue in the cloud. The next job resumes waiting for them.
  on_timeout = "keep"
  timeouts   = { create = "50m", update = "50m" }
}

output "image_ids" {
  value = { for region, copy in image_copy.golden : region => copy.image_id }
}
