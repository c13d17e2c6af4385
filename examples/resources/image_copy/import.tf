import {
  to = image_copy.golden
  id = "alicloud/cn-shanghai/m-uf6golden0000000001"
}
