terraform {
  required_providers {
    image = {
      source = "imagecopy/image"
    }
  }
}

# Credentials come from the same environment variables, files and instance roles that each vendor's own tools use.
provider "image" {
  alicloud    = { region = "cn-hangzhou" }
  huaweicloud = { region = "cn-north-4" }

  default_tags = {
    managed-by = "terraform"
  }
}
