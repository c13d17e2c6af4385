# Golden images in every region that needs them; state and its lock in PostgreSQL.

terraform {
  required_version = ">= 1.5"

  required_providers {
    image = { source = "imagecopy/image" }
  }

  # Where the database is says PG_CONN_STR, such as postgres://terraform@db.example.com/terraform.
  backend "pg" {
    schema_name = "golden_images"
  }
}

variable "endpoint" {
  description = "Leads the calls elsewhere, for trying this out against an emulator; null: the cloud's own."
  type        = string
  default     = null
}

variable "source_image_id" {
  description = "The image that was baked."
  type        = string
  default     = "m-bp1golden00000000001"
}

variable "name" {
  description = "What it is called in every region."
  type        = string
  default     = "golden-2026-11"
}

variable "regions" {
  description = "Where it is needed."
  type        = set(string)
  default     = ["ap-southeast-1", "cn-beijing", "cn-shanghai", "cn-shenzhen"]
}

# Keys come from the pipeline's secrets, by the environment.
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
  # A copy that is not finished by then continues in the cloud, and the next job resumes waiting for it, as an update.
  on_timeout = "keep"
  timeouts   = { create = "50m", update = "50m" }
}

output "image_ids" {
  value = { for region, copy in image_copy.golden : region => copy.image_id }
}
