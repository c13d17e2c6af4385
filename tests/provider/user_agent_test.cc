#include "src/provider/user_agent.h"

#include "tests/support/catch.h"

TEST_CASE("outside of Terraform the user agent does not name it") {
  CHECK(provider::user_agent({.provider_version = "0.9.0"}) == "terraform-provider-image/0.9.0");
}

TEST_CASE("the user agent names Terraform, the provider, the suffix and the appended text, in this order") {
  CHECK(provider::user_agent({.terraform_version = "1.11.4", .provider_version = "0.9.0"}) ==
        "Terraform/1.11.4 (+https://www.terraform.io) terraform-provider-image/0.9.0");
  CHECK(provider::user_agent({.terraform_version = "1.11.4",
                              .provider_version = "0.9.0",
                              .suffix = "pipeline/7",
                              .appended = "more"}) ==
        "Terraform/1.11.4 (+https://www.terraform.io) terraform-provider-image/0.9.0 pipeline/7 more");
}

TEST_CASE("appended text cannot end the header") {
  const std::string agent = provider::user_agent(
      {.terraform_version = "1", .provider_version = "2", .appended = "a\r\nX-Evil: 1\x7f\xc3\xa4"});
  CHECK(agent.ends_with("/2 aX-Evil: 1"));
  CHECK(provider::user_agent({.terraform_version = "1", .provider_version = "2", .appended = "\n"})
            .ends_with("/2"));
}

TEST_CASE("text for the user agent must be short and printable") {
  CHECK(provider::is_user_agent_text("pipeline/7 (nightly)"));
  CHECK(provider::is_user_agent_text(std::string(256, 'x')));
  for (const std::string& text :
       {std::string(), std::string(" "), std::string("a\nb"), std::string("ä"), std::string(257, 'x')}) {
    CAPTURE(text);
    CHECK_FALSE(provider::is_user_agent_text(text));
  }
}
