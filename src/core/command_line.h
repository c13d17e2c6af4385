#pragma once

#include <CLI/CLI.hpp>
#include <iostream>
#include <string>
#include <vector>

/// What all programs print about their command lines, in one form.
namespace core {

/// What is wrong with the command line, as a sentence without a full stop. An unexpected argument is called
/// what it seems to be.
inline std::string problem_with(const CLI::App& app, const CLI::ParseError& error) {
  const std::vector<std::string> unexpected = app.remaining(true);
  const bool is_unexpected = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError);
  if (!is_unexpected || unexpected.empty()) return error.what();
  const bool lacks_command = app.get_subcommands().empty() && !app.get_subcommands({}).empty();
  const char* kind = unexpected.front().starts_with('-') ? "Unknown option"
                     : lacks_command                     ? "Unknown command"
                                                         : "Unexpected argument";
  return std::string(kind) + " \"" + unexpected.front() + "\"";
}

/// Prints help, the version, or what is wrong with the command line. Returns the exit code, which is
/// `failure` in the last case.
inline int end_of_parsing(const CLI::App& app, const CLI::ParseError& error, int failure) {
  if (error.get_exit_code() == 0) return app.exit(error);
  const std::vector<CLI::App*> commands = app.get_subcommands();
  std::cerr << "Error: " << problem_with(app, error) << ".\nRun \"" << app.get_name()
            << (commands.empty() ? "" : " " + commands.front()->get_name()) << " --help\" for usage.\n";
  return failure;
}

}  // namespace core
