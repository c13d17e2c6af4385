output "region" {
  value = provider::image::parse_id("alicloud/cn-shanghai/m-uf6golden0000000001").region # "cn-shanghai"
}
