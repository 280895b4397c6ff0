#include "checks/secrets/mask.h"
#include "checks/secrets/secrets.h"
#include "close/context.h"
#include "close/look/secret_search.h"
#include "git/objects/stored_objects.h"

namespace gs::close {

namespace {

using session::Finding;

constexpr std::string_view kTags = "refs/tags/";

bool follows_tags(const Context& context) {
  const auto value = git::last_value(context.workspace.git_config, "push.followtags");
  return value && git::parse_bool(*value).value_or(true);
}

// The object that a tag is on, "object <id>" being its first line.
std::optional<git::ObjectId> target_of(std::string_view tag) {
  constexpr std::string_view kObject = "object ";
  if (!tag.starts_with(kObject)) return std::nullopt;
  return git::ObjectId::parse(tag.substr(kObject.size(), tag.find('\n') - kObject.size()));
}

// The tag, and the tags that it is on: all of them leave.
std::vector<Finding> search_tag(const git::StoredObjects& objects, const git::Ref& ref) {
  const std::string name = ref.name.substr(kTags.size());
  const std::string where = "in tag '" + checks::mask_secrets(name) + "'";
  std::vector<Finding> found;
  std::optional<git::ObjectId> next = ref.target;
  while (next) {
    const auto object = objects.find(*next);
    if (!object || object->type != git::ObjectType::Tag) break;
    for (Finding& finding : checks::find_secrets_in_text(object->bytes, where))
      found.push_back(std::move(finding));
    next = target_of(object->bytes);
  }
  return found;
}

}  // namespace

std::vector<Finding> find_followed_tag_secrets(const Context& context, const git::ObjectId& tip) {
  std::vector<Finding> all;
  if (!context.options.push || !follows_tags(context)) return all;
  const git::Repository& repository = context.repository();
  const git::StoredObjects objects(repository);
  for (const git::Ref& ref : objects.refs(kTags)) {
    std::vector<Finding> found = search_tag(objects, ref);
    if (found.empty()) continue;
    const auto commit = objects.peel_to_commit(ref.target);
    if (!commit || !repository.is_ancestor(*commit, tip)) continue;
    for (Finding& finding : found) all.push_back(std::move(finding));
  }
  return all;
}

}  // namespace gs::close
