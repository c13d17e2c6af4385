#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace harness {

/// A temporary folder of one test, whose path is short enough for sockets. The destructor removes it with its
/// contents.
class TestFolder {
 public:
  TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  ~TestFolder();

  [[nodiscard]] const std::string& path() const { return path_; }

  /// Makes a folder inside it. Returns its path.
  [[nodiscard]] std::string make_folder(const std::string& name) const;

  /// Returns the path of the file.
  std::string write_file(const std::string& name, const std::string& text) const;

  /// Paths of all sockets in it, at any depth.
  [[nodiscard]] std::vector<std::string> sockets() const;

 private:
  std::string path_;
};

/// The contents of a file; empty if it cannot be read.
std::string read_file(const std::filesystem::path& path);

}  // namespace harness
