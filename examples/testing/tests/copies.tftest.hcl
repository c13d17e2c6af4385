# Tests of the module. Start an emulator, and then run "terraform test":
#   image-cloud-emulator --listen 127.0.0.1:8600 --seed seed.json

variables {
  emulator        = "http://127.0.0.1:8600"
  source_image_id = "m-golden"
  name            = "golden-2026-11"
}

provider "image" {
  alicloud = {
    region     = "cn-hangzhou"
    access_key = "EMULATORACCESSKEY01"
    secret_key = "emulator-secret-key-01"
    endpoint   = "${var.emulator}/alicloud/{region}"
  }
}

run "refuses_the_region_that_has_it" {
  command = plan

  variables {
    regions = ["cn-hangzhou"]
  }

  expect_failures = [var.regions]
}

run "copies" {
  variables {
    regions = ["cn-shanghai", "cn-beijing"]
  }

  assert {
    condition     = alltrue([for copy in image_copy.golden : copy.status == "available"])
    error_message = "Every copy must be available after the apply."
  }

  assert {
    condition     = toset(keys(output.image_ids)) == toset(["cn-beijing", "cn-shanghai"])
    error_message = "The module must return the ID of each region's image."
  }
}

run "renames_without_copying_again" {
  variables {
    regions = ["cn-shanghai", "cn-beijing"]
    name    = "golden-renamed"
  }

  assert {
    condition     = output.image_ids == run.copies.image_ids
    error_message = "A new name must not force a new copy."
  }
}

# The seed configures copies of this image to take an hour.
run "starts_a_copy_that_takes_long" {
  variables {
    source_image_id = "m-large"
    regions         = ["cn-shenzhen"]
    name            = "golden-large"
    wait            = false
  }

  assert {
    condition     = image_copy.golden["cn-shenzhen"].status != "available"
    error_message = "The copy must still be running."
  }
}

run "cancels_it_when_the_region_is_not_needed_any_more" {
  variables {
    source_image_id = "m-large"
    regions         = []
    name            = "golden-large"
  }
}

run "left_nothing_in_that_region" {
  module {
    source = "./tests/images"
  }

  variables {
    region = "cn-shenzhen"
  }

  assert {
    condition     = length(output.ids) == 0
    error_message = "A canceled copy must leave no image."
  }
}

# The seed configures copies of this image to fail.
run "starts_a_copy_that_fails" {
  variables {
    source_image_id = "m-broken"
    regions         = ["cn-shenzhen"]
    name            = "golden-broken"
    wait            = false
  }
}

run "warns_of_a_copy_that_failed" {
  command = plan

  plan_options {
    mode = refresh-only
  }

  variables {
    source_image_id = "m-broken"
    regions         = ["cn-shenzhen"]
    name            = "golden-broken"
    wait            = false
  }

  expect_failures = [check.no_copy_failed]
}
