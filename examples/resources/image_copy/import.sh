# cloud/region/image_id, also for an image that is still being copied
terraform import image_copy.golden alicloud/cn-shanghai/m-uf6golden0000000001

# a copy that still runs on Huawei Cloud: huaweicloud/source_region/job/job_id
terraform import image_copy.across huaweicloud/cn-north-4/job/9a175ac79d2a54ad019d47145b8f78c0
