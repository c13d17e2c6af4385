terraform {
  required_providers {
    note = { source = "example/note" }
  }
}

variable "directory" {
  type = string
}

variable "text" {
  type    = string
  default = "Buy milk."
}

provider "note" {
  directory = var.directory
}

resource "note_file" "milk" {
  name = "milk.txt"
  text = var.text
}

output "path" {
  value = note_file.milk.id
}
