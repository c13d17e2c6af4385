# Copies on three clouds, and one more to cancel if canceled_copy is set. The emulator simulates the clouds. With real
# credentials and without the endpoints, the same resources copy real images.

terraform {
  required_providers {
    image = { source = "imagecopy/image" }
  }
}

variable "emulator" {
  type        = string
  description = "Address of the emulator, such as http://127.0.0.1:8080."
}

variable "canceled_copy" {
  type        = bool
  default     = false
  description = "Whether to create the copy that the demo destroys while it is running."
}

variable "wait_until" {
  type        = string
  default     = "submitted"
  description = "The wait_until argument of that copy."
}

provider "image" {
  alicloud = {
    region   = "cn-hangzhou"
    endpoint = "${var.emulator}/alicloud/{region}"
  }
  baiducloud = {
    region   = "bj"
    endpoint = "${var.emulator}/baiducloud/{region}"
  }
  huaweicloud = {
    region       = "cn-north-4"
    endpoint     = "${var.emulator}/huaweicloud/{region}"
    iam_endpoint = "${var.emulator}/huaweicloud/{region}"
  }
}

resource "image_copy" "alicloud" {
  cloud              = "alicloud"
  source_image_id    = "m-bp1golden00000000001"
  destination_region = "cn-shanghai"
  name               = "golden-2026-11"
  description        = "Golden image, copied by Terraform"
}

resource "image_copy" "baiducloud" {
  cloud              = "baiducloud"
  source_image_id    = "m-nky7qeom"
  destination_region = "gz"
  name               = "golden-2026-11"
}

resource "image_copy" "huaweicloud" {
  cloud           = "huaweicloud"
  source_image_id = "465076de-dc36-4aec-80f5-ef9d8009428f"
  name            = "ims_encrypted_copy3"
  kms_key_id      = "bd66288c-9081-460a-8227-4cbd0c814cb4"
}

resource "image_copy" "canceled" {
  count = var.canceled_copy ? 1 : 0

  cloud              = "alicloud"
  source_image_id    = "m-bp1large000000000001"
  destination_region = "eu-central-1"
  name               = "large-2026-11"
  wait_until         = var.wait_until
}

output "images" {
  value = {
    alicloud    = image_copy.alicloud.id
    baiducloud  = image_copy.baiducloud.id
    huaweicloud = image_copy.huaweicloud.id
  }
}
