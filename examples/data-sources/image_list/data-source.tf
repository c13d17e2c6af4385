data "image_list" "of_the_team" {
  cloud  = "huaweicloud"
  region = "cn-north-4"
  status = "available"

  tags = {
    team = "platform"
  }
}

output "newest" {
  value = one(slice(data.image_list.of_the_team.ids, 0, min(1, length(data.image_list.of_the_team.ids))))
}
