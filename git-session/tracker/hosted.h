#pragma once

#include <functional>

#include "tracker/client.h"

namespace gs::tracker {

// Issues on GitHub or a GitHub Enterprise server, by gh.
class GitHub : public Tracker {
 public:
  explicit GitHub(Client client) : client_(std::move(client)) {}

  [[nodiscard]] std::string_view name() const override { return "github"; }
  [[nodiscard]] bool commits_close_issues() const override { return true; }
  Issue create(const NewIssue& issue, const std::string& milestone) override;
  void comment(long id, const std::string& text) override;
  void close(long id, Resolution resolution) override;
  void set_labels(long id, const std::vector<std::string>& add,
                  const std::vector<std::string>& remove) override;
  [[nodiscard]] std::vector<Issue> list(const Filter& filter) override;
  [[nodiscard]] std::optional<Issue> find(long id) override;

 private:
  std::string with_labels(const std::vector<std::string>& labels,
                          const std::function<std::vector<std::string>(bool labelled)>& command);
  [[nodiscard]] Issue issue_of(const Json& object) const;

  Client client_;
};

// Issues on GitLab, by glab.
class GitLab : public Tracker {
 public:
  explicit GitLab(Client client) : client_(std::move(client)) {}

  [[nodiscard]] std::string_view name() const override { return "gitlab"; }
  [[nodiscard]] bool commits_close_issues() const override { return true; }
  Issue create(const NewIssue& issue, const std::string& milestone) override;
  void comment(long id, const std::string& text) override;
  void close(long id, Resolution resolution) override;
  void set_labels(long id, const std::vector<std::string>& add,
                  const std::vector<std::string>& remove) override;
  [[nodiscard]] std::vector<Issue> list(const Filter& filter) override;
  [[nodiscard]] std::optional<Issue> find(long id) override;

 private:
  [[nodiscard]] Issue issue_of(const Json& object) const;

  Client client_;
};

}  // namespace gs::tracker
