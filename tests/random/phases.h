#pragma once

#include <random>

#include "world.h"

namespace gs::random {

std::string read_bytes(const std::string& file);

// The phases besides staging, each configured or not at random, and existing content in the places
// that they write to: a vault, Claude's notes, learnings. The close may not change any of it, nor
// add anything twice.
class Phases {
 public:
  Phases(World& world, unsigned seed) : world_(world), random_(seed) {}
  ~Phases();
  Phases(const Phases&) = delete;
  Phases& operator=(const Phases&) = delete;

  // To be called once the session is open.
  void set_up();
  // Closes, perhaps in two runs.
  void close();
  void close_without_push() const;
  void check() const;

 private:
  bool chance(unsigned percent) { return random_() % 100 < percent; }
  void configure(const std::string& key, const std::string& value);
  void write_by_hand(const std::string& path, const std::string& content);
  void set_up_vault();
  void set_up_learnings();
  void set_up_claude();
  void set_up_tools();
  void set_up_docs();
  Tree outside() const;
  void check_claude() const;
  void check_learnings() const;
  void check_once() const;

  World& world_;
  std::mt19937 random_;
  std::vector<std::string> options_;
  Tree by_hand_;       // by absolute path
  std::string index_;  // Claude's MEMORY.md, as it was
  std::string learnings_;
  bool claude_ = false;
};

}  // namespace gs::random
