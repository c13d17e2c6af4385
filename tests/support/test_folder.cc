#include "tests/support/test_folder.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace harness {

namespace fs = std::filesystem;

TestFolder::TestFolder() : path_("/tmp/plugin-test-XXXXXX") {
  if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no directory can be made for the test");
}

TestFolder::~TestFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string TestFolder::make_folder(const std::string& name) const {
  fs::create_directories(fs::path(path_) / name);
  return path_ + "/" + name;
}

std::string TestFolder::write_file(const std::string& name, const std::string& text) const {
  const std::string path = path_ + "/" + name;
  std::ofstream(path) << text;
  return path;
}

std::vector<std::string> TestFolder::sockets() const {
  std::vector<std::string> found;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(path_)) {
    if (entry.is_socket()) found.push_back(entry.path());
  }
  return found;
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace harness
