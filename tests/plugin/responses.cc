#include "tests/plugin/responses.h"

namespace harness {

std::string path_text(const tfplugin6::Diagnostic& diagnostic) {
  std::string text;
  for (const tfplugin6::AttributePath::Step& step : diagnostic.attribute().steps()) {
    switch (step.selector_case()) {
      case tfplugin6::AttributePath::Step::kAttributeName:
        text += (text.empty() ? "" : ".") + step.attribute_name();
        break;
      case tfplugin6::AttributePath::Step::kElementKeyString:
        text += "[\"" + step.element_key_string() + "\"]";
        break;
      case tfplugin6::AttributePath::Step::kElementKeyInt:
        text += "[" + std::to_string(step.element_key_int()) + "]";
        break;
      case tfplugin6::AttributePath::Step::SELECTOR_NOT_SET: text += "<empty step>"; break;
    }
  }
  return text;
}

void end_plugin(PluginProcess& plugin, PluginClient& client) {
  const grpc::Status status = client.shut_down();
  CAPTURE(status.error_message());
  CHECK(status.ok());
  client.close();
  const ProcessEnd end = plugin.process().wait();
  CAPTURE(plugin.process().errors().text());
  CHECK(end == exited(0));
  CHECK(plugin.folder().sockets().empty());
}

}  // namespace harness
