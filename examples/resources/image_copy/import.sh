# cloud/region/image_id, also for an image whose copy is still running
terraform import image_copy.golden alicloud/cn-shanghai/m-uf6golden0000000001

# huaweicloud/source_region/job/job_id for a running copy on Huawei Cloud
terraform import image_copy.across huaweicloud/cn-north-4/job/9a175ac79d2a54ad019d47145b8f78c0
