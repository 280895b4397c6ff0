#include "formats/json.h"

#include <algorithm>
#include <limits>
#include <type_traits>

namespace gs {

// In two lists, so that values are iterated by plain pointers, like those of an array.
struct Json::Members {
  std::vector<std::string> keys;
  std::vector<Json> values;
};

Json::Json(const char* value) : Json(std::string(value)) {}
Json::Json(std::string_view value) : Json(std::string(value)) {}
Json::Json(const std::string& value) : type_(Type::String) {
  data_.string = new std::string(value);
}
Json::Json(std::string&& value) : type_(Type::String) {
  data_.string = new std::string(std::move(value));
}

Json::Json(const std::vector<std::string>& value) : Json(array()) {
  data_.array->assign(value.begin(), value.end());
}

Json::Json(std::initializer_list<Json> elements) {
  if (!std::all_of(elements.begin(), elements.end(),
                   [](const Json& element) { return element.is_pair(); })) {
    *this = array(elements);
    return;
  }
  *this = object();
  for (const Json& element : elements) {
    const std::vector<Json>& pair = *element.data_.array;
    // Of two members with the same key, the first stays.
    if (member(*pair[0].data_.string) == nullptr) {
      add(std::move(*pair[0].data_.string), pair[1].take());
    }
  }
}

Json Json::array() {
  Json value;
  value.data_.array = new std::vector<Json>();
  value.type_ = Type::Array;
  return value;
}

Json Json::array(std::initializer_list<Json> elements) {
  Json value = array();
  value.data_.array->reserve(elements.size());
  for (const Json& element : elements) value.data_.array->push_back(element.take());
  return value;
}

Json Json::object() {
  Json value;
  value.data_.object = new Members();
  value.type_ = Type::Object;
  return value;
}

void Json::copy(const Json& other) {
  switch (other.type_) {
    case Type::String:
      data_.string = new std::string(*other.data_.string);
      break;
    case Type::Array:
      data_.array = new std::vector<Json>(*other.data_.array);
      break;
    case Type::Object:
      data_.object = new Members(*other.data_.object);
      break;
    default:
      data_ = other.data_;
  }
  type_ = other.type_;
}

void Json::destroy() noexcept {
  if (type_ == Type::String) {
    delete data_.string;
  } else if (type_ == Type::Array) {
    delete data_.array;
  } else {
    delete data_.object;
  }
}

void Json::swap(Json& other) noexcept {
  std::swap(type_, other.type_);
  std::swap(data_, other.data_);
}

Json Json::take() const noexcept {
  Json taken;
  taken.type_ = std::exchange(type_, Type::Null);
  taken.data_ = data_;
  return taken;
}

bool Json::is_pair() const {
  return is_array() && data_.array->size() == 2 && data_.array->front().is_string();
}

JsonError Json::wrong_type(std::string_view wanted) const {
  const char* const names[] = {"null",     "a boolean", "a number", "a number",
                               "a number", "a string",  "an array", "an object"};
  return JsonError(std::string(wanted) + " is wanted, but the value is " +
                   names[static_cast<std::size_t>(type_)]);
}

template <typename T>
T Json::number() const {
  if (!is_number()) throw wrong_type("a number");
  if constexpr (std::is_floating_point_v<T>) {
    if (type_ == Type::Double) return data_.real;
    return type_ == Type::Integer ? static_cast<T>(data_.integer) : static_cast<T>(data_.natural);
  } else {
    if (type_ == Type::Integer && std::in_range<T>(data_.integer)) {
      return static_cast<T>(data_.integer);
    }
    if (type_ == Type::Unsigned && std::in_range<T>(data_.natural)) {
      return static_cast<T>(data_.natural);
    }
    // Both limits are exact as doubles (powers of two or zero); the upper one is exclusive.
    constexpr double kLowest = static_cast<double>(std::numeric_limits<T>::min());
    constexpr T kHalf = std::numeric_limits<T>::max() / 2 + 1;
    constexpr double kBeyond = static_cast<double>(kHalf) * 2;
    if (type_ == Type::Double && data_.real >= kLowest && data_.real < kBeyond) {
      return static_cast<T>(data_.real);
    }
    throw JsonError("a number is out of range");
  }
}

template <>
bool Json::get<bool>() const {
  if (!is_boolean()) throw wrong_type("a boolean");
  return data_.boolean;
}
template <>
int Json::get<int>() const {
  return number<int>();
}
template <>
unsigned Json::get<unsigned>() const {
  return number<unsigned>();
}
template <>
long Json::get<long>() const {
  return number<long>();
}
template <>
unsigned long Json::get<unsigned long>() const {
  return number<unsigned long>();
}
template <>
long long Json::get<long long>() const {
  return number<long long>();
}
template <>
unsigned long long Json::get<unsigned long long>() const {
  return number<unsigned long long>();
}
template <>
double Json::get<double>() const {
  return number<double>();
}
template <>
const std::string& Json::get_ref<const std::string&>() const {
  if (!is_string()) throw wrong_type("a string");
  return *data_.string;
}
template <>
std::string Json::get<std::string>() const {
  return get_ref<const std::string&>();
}
template <>
std::vector<std::string> Json::get<std::vector<std::string>>() const {
  if (!is_array()) throw wrong_type("an array");
  std::vector<std::string> texts;
  texts.reserve(size());
  for (const Json& element : *this) texts.push_back(element.get<std::string>());
  return texts;
}

std::optional<std::int64_t> Json::integer() const {
  if (type_ == Type::Integer) return data_.integer;
  if (type_ != Type::Unsigned || !std::in_range<std::int64_t>(data_.natural)) return std::nullopt;
  return static_cast<std::int64_t>(data_.natural);
}

const Json* Json::begin() const {
  if (is_array()) return data_.array->data();
  if (is_object()) return data_.object->values.data();
  return this;
}

const Json* Json::end() const {
  return begin() + size();
}

std::size_t Json::size() const {
  if (is_array()) return data_.array->size();
  if (is_object()) return data_.object->values.size();
  return is_null() ? 0 : 1;
}

const Json::Members& Json::members() const {
  if (!is_object()) throw wrong_type("an object");
  return *data_.object;
}

const Json* Json::member(std::string_view key) const {
  const std::vector<std::string>& keys = members().keys;
  const auto found = std::find(keys.begin(), keys.end(), key);
  return found == keys.end()
             ? nullptr
             : &data_.object->values[static_cast<std::size_t>(found - keys.begin())];
}

const Json* Json::find(std::string_view key) const {
  const Json* const found = is_object() ? member(key) : nullptr;
  return found == nullptr ? end() : found;
}

const Json& Json::at(std::string_view key) const {
  if (const Json* const found = member(key)) return *found;
  throw JsonError("the key '" + std::string(key) + "' is missing");
}

Json& Json::at(std::string_view key) {
  return const_cast<Json&>(std::as_const(*this).at(key));
}

const Json& Json::at(std::size_t index) const {
  if (!is_array()) throw wrong_type("an array");
  if (index >= size()) throw JsonError("element " + std::to_string(index) + " is missing");
  return (*data_.array)[index];
}

Json& Json::operator[](std::string_view key) {
  if (is_null()) *this = object();
  if (const Json* const found = member(key)) return const_cast<Json&>(*found);
  return add(std::string(key), Json());
}

Json Json::value(std::string_view key, const Json& otherwise) const {
  const Json* const found = member(key);
  return found == nullptr ? otherwise : *found;
}
std::string Json::value(std::string_view key, const std::string& otherwise) const {
  const Json* const found = member(key);
  return found == nullptr ? otherwise : found->get<std::string>();
}
std::string Json::value(std::string_view key, const char* otherwise) const {
  return value(key, std::string(otherwise));
}
bool Json::value(std::string_view key, bool otherwise) const {
  const Json* const found = member(key);
  return found == nullptr ? otherwise : found->get<bool>();
}
int Json::value(std::string_view key, int otherwise) const {
  const Json* const found = member(key);
  return found == nullptr ? otherwise : found->get<int>();
}
long Json::value(std::string_view key, long otherwise) const {
  const Json* const found = member(key);
  return found == nullptr ? otherwise : found->get<long>();
}
std::size_t Json::value(std::string_view key, std::size_t otherwise) const {
  const Json* const found = member(key);
  return found == nullptr ? otherwise : found->get<std::size_t>();
}

Json::Items::Iterator& Json::Items::Iterator::operator++() {
  ++key_;
  ++value_;
  return *this;
}

Json::Items Json::items() const {
  const Members& all = members();
  const std::size_t count = all.keys.size();
  return {{all.keys.data(), all.values.data()},
          {all.keys.data() + count, all.values.data() + count}};
}

Json& Json::push_back(Json value) {
  if (is_null()) *this = array();
  if (!is_array()) throw wrong_type("an array");
  return data_.array->emplace_back(std::move(value));
}

Json& Json::add(std::string key, Json value) {
  if (!is_object()) throw wrong_type("an object");
  data_.object->values.push_back(std::move(value));
  data_.object->keys.push_back(std::move(key));
  return data_.object->values.back();
}

void Json::erase(std::string_view key) {
  const Json* const found = member(key);
  if (found == nullptr) return;
  const auto index = found - begin();
  data_.object->keys.erase(data_.object->keys.begin() + index);
  data_.object->values.erase(data_.object->values.begin() + index);
}

void Json::update(const Json& other) {
  for (const auto& [key, value] : other.items()) (*this)[key] = value;
}

bool Json::equals(std::string_view text) const {
  return is_string() && *data_.string == text;
}

bool Json::equals(const Json& other) const {
  if (is_number() && other.is_number()) {
    if (type_ == Type::Double || other.type_ == Type::Double) {
      return get<double>() == other.get<double>();
    }
    if (type_ == Type::Integer && other.type_ == Type::Unsigned) {
      return std::cmp_equal(data_.integer, other.data_.natural);
    }
    if (type_ == Type::Unsigned && other.type_ == Type::Integer) {
      return std::cmp_equal(data_.natural, other.data_.integer);
    }
    return data_.natural == other.data_.natural;
  }
  if (type_ != other.type_) return false;
  switch (type_) {
    case Type::Boolean:
      return data_.boolean == other.data_.boolean;
    case Type::String:
      return *data_.string == *other.data_.string;
    case Type::Array:
      return *data_.array == *other.data_.array;
    case Type::Object:
      return data_.object->keys == other.data_.object->keys &&
             data_.object->values == other.data_.object->values;
    default:
      return true;
  }
}

Json text_or_null(std::string_view text) {
  return text.empty() ? Json() : Json(text);
}

}  // namespace gs
