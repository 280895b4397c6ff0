#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"

namespace gs {

// A value has the wrong type or does not fit, or a key or element is missing.
class JsonError : public Error {
 public:
  explicit JsonError(const std::string& message) : Error(ErrorKind::Fatal, message) {}
};

// The one dynamic value: the content of YAML, TOML and JSON files, with keys in file order. Most
// sources include it, so all but the trivial is in json_value.cpp.
class Json {
 public:
  Json() = default;  // null
  Json(std::nullptr_t) {}
  Json(bool value) : type_(Type::Boolean) { data_.boolean = value; }
  Json(int value) : Json(static_cast<long long>(value)) {}
  Json(long value) : Json(static_cast<long long>(value)) {}
  Json(long long value) : type_(Type::Integer) { data_.integer = value; }
  Json(unsigned value) : Json(static_cast<unsigned long long>(value)) {}
  Json(unsigned long value) : Json(static_cast<unsigned long long>(value)) {}
  Json(unsigned long long value) : type_(Type::Unsigned) { data_.natural = value; }
  Json(double value) : type_(Type::Double) { data_.real = value; }
  Json(const char* value);
  Json(std::string_view value);
  Json(const std::string& value);
  Json(std::string&& value);
  Json(const std::vector<std::string>& value);
  // An object if each element is an array of two that starts with a string; otherwise an array.
  Json(std::initializer_list<Json> elements);
  template <typename T>
  Json(T*) = delete;  // otherwise any pointer would become a boolean

  Json(const Json& other) { copy(other); }
  Json(Json&& other) noexcept : type_(other.type_), data_(other.data_) { other.type_ = Type::Null; }
  Json& operator=(const Json& other) { return *this = Json(other); }
  Json& operator=(Json&& other) noexcept {
    swap(other);
    return *this;
  }
  ~Json() {
    if (type_ >= Type::String) destroy();
  }
  void swap(Json& other) noexcept;

  [[nodiscard]] static Json array();
  [[nodiscard]] static Json array(std::initializer_list<Json> elements);
  [[nodiscard]] static Json object();

  [[nodiscard]] bool is_null() const { return type_ == Type::Null; }
  [[nodiscard]] bool is_boolean() const { return type_ == Type::Boolean; }
  [[nodiscard]] bool is_number() const { return type_ >= Type::Integer && type_ <= Type::Double; }
  [[nodiscard]] bool is_number_integer() const {
    return type_ == Type::Integer || type_ == Type::Unsigned;
  }
  // The number, if it is a 64-bit integer.
  [[nodiscard]] std::optional<std::int64_t> integer() const;
  [[nodiscard]] bool is_number_unsigned() const { return type_ == Type::Unsigned; }
  [[nodiscard]] bool is_string() const { return type_ == Type::String; }
  [[nodiscard]] bool is_array() const { return type_ == Type::Array; }
  [[nodiscard]] bool is_object() const { return type_ == Type::Object; }
  [[nodiscard]] bool is_structured() const { return type_ >= Type::Array; }

  // bool, integers and double (from any number that fits; a fraction is truncated), std::string,
  // std::vector<std::string>.
  template <typename T>
  [[nodiscard]] T get() const;
  template <typename T>
  [[nodiscard]] T get_ref() const;  // const std::string&

  // Elements of an array, values of an object; null has none, any other value is its own only
  // element.
  [[nodiscard]] const Json* begin() const;
  [[nodiscard]] const Json* end() const;
  [[nodiscard]] Json* begin() { return const_cast<Json*>(std::as_const(*this).begin()); }
  [[nodiscard]] Json* end() { return const_cast<Json*>(std::as_const(*this).end()); }
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] const Json& front() const { return at(std::size_t{0}); }
  [[nodiscard]] const Json& back() const { return at(size() - 1); }

  // `end` if this is not an object or has no such key.
  [[nodiscard]] const Json* find(std::string_view key) const;
  [[nodiscard]] bool contains(std::string_view key) const { return find(key) != end(); }
  [[nodiscard]] const Json& at(std::string_view key) const;
  [[nodiscard]] const Json& at(std::size_t index) const;
  [[nodiscard]] Json& at(std::string_view key);
  [[nodiscard]] const Json& operator[](std::string_view key) const { return at(key); }
  [[nodiscard]] const Json& operator[](std::size_t index) const { return at(index); }
  Json& operator[](std::string_view key);  // added as null if missing; null becomes an object
  Json& operator[](std::size_t index) { return const_cast<Json&>(at(index)); }
  // The key's value, or `otherwise` if the object does not have it.
  [[nodiscard]] Json value(std::string_view key, const Json& otherwise) const;
  [[nodiscard]] std::string value(std::string_view key, const std::string& otherwise) const;
  [[nodiscard]] std::string value(std::string_view key, const char* otherwise) const;
  [[nodiscard]] bool value(std::string_view key, bool otherwise) const;
  [[nodiscard]] int value(std::string_view key, int otherwise) const;
  [[nodiscard]] long value(std::string_view key, long otherwise) const;
  [[nodiscard]] std::size_t value(std::string_view key, std::size_t otherwise) const;

  struct Item {
    const std::string& key;
    const Json& value;
  };
  class Items {
   public:
    class Iterator {
     public:
      Iterator(const std::string* key, const Json* value) : key_(key), value_(value) {}
      Item operator*() const { return {*key_, *value_}; }
      Iterator& operator++();
      bool operator==(const Iterator& other) const { return key_ == other.key_; }

     private:
      const std::string* key_;
      const Json* value_;
    };
    Items(Iterator first, Iterator last) : first_(first), last_(last) {}
    [[nodiscard]] Iterator begin() const { return first_; }
    [[nodiscard]] Iterator end() const { return last_; }

   private:
    Iterator first_, last_;
  };
  [[nodiscard]] Items items() const;  // of an object

  Json& push_back(Json value);  // null becomes an array; the new element, until the next one
  template <typename T>
  void emplace_back(T&& value) {
    push_back(Json(std::forward<T>(value)));
  }
  // Adds a key that is known to be new, without a search; the reference is valid until the next
  // call.
  Json& add(std::string key, Json value);
  void erase(std::string_view key);
  void update(const Json& other);  // with each key of an object

  // Numbers compare by value, whatever their types.
  friend bool operator==(const Json& a, const Json& b) { return a.equals(b); }
  friend bool operator==(const Json& a, const char* b) { return a.equals(std::string_view(b)); }
  friend bool operator==(const Json& a, std::string_view b) { return a.equals(b); }
  // Besides the overload for text, which would take a literal 0 for a null pointer.
  friend bool operator==(const Json& a, int b) { return a.equals(Json(b)); }
  friend bool operator==(const Json& a, long b) { return a.equals(Json(b)); }
  friend bool operator==(const Json& a, unsigned b) { return a.equals(Json(b)); }
  friend bool operator==(const Json& a, unsigned long b) { return a.equals(Json(b)); }
  friend bool operator==(const Json& a, double b) { return a.equals(Json(b)); }
  friend bool operator==(const Json& a, bool b) { return a.equals(Json(b)); }
  friend bool operator==(const Json& a, std::nullptr_t) { return a.is_null(); }
  friend bool operator==(const Json& a, const std::string& b) {
    return a.equals(std::string_view(b));
  }

 private:
  enum class Type : std::uint8_t {
    Null,
    Boolean,
    Integer,
    Unsigned,
    Double,
    String,  // from here on in allocated memory
    Array,
    Object,
  };
  struct Members;
  union Data {
    bool boolean;
    std::int64_t integer;
    std::uint64_t natural;
    double real;
    std::string* string;
    std::vector<Json>* array;
    Members* object;
  };

  void copy(const Json& other);
  void destroy() noexcept;
  [[nodiscard]] Json take() const noexcept;
  [[nodiscard]] bool equals(const Json& other) const;
  [[nodiscard]] bool equals(std::string_view text) const;
  [[nodiscard]] bool is_pair() const;
  [[nodiscard]] const Members& members() const;
  [[nodiscard]] const Json* member(std::string_view key) const;
  [[nodiscard]] JsonError wrong_type(std::string_view wanted) const;
  template <typename T>
  [[nodiscard]] T number() const;

  // Mutable, since the elements of an initializer list are const but moved from.
  mutable Type type_ = Type::Null;
  mutable Data data_{};
};

template <>
bool Json::get<bool>() const;
template <>
int Json::get<int>() const;
template <>
unsigned Json::get<unsigned>() const;
template <>
long Json::get<long>() const;
template <>
unsigned long Json::get<unsigned long>() const;
template <>
long long Json::get<long long>() const;
template <>
unsigned long long Json::get<unsigned long long>() const;
template <>
double Json::get<double>() const;
template <>
std::string Json::get<std::string>() const;
template <>
std::vector<std::string> Json::get<std::vector<std::string>>() const;
template <>
const std::string& Json::get_ref<const std::string&>() const;

template <typename T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}
[[nodiscard]] Json text_or_null(std::string_view text);  // null if empty

}  // namespace gs

namespace gs::formats {

// Throws a fatal Error "<source>:<line>: …" on malformed input, on nesting deeper than 200 and on
// trailing text.
[[nodiscard]] Json parse_json(std::string_view text, const std::string& source);
// One line, or indented by two, without a line end; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string to_json_line(const Json& value);
[[nodiscard]] std::string to_json_text(const Json& value);

// A file with one JSON object per line.
struct JsonLines {
  struct Record {
    std::size_t line;  // from 1
    Json value;        // an object
  };
  std::vector<Record> records;
  std::vector<std::size_t> broken;  // lines that are not a JSON object (empty lines do not count)
};
[[nodiscard]] JsonLines parse_json_lines(std::string_view text);

// A member of a JSON object with its place in the text, so that what does not change is preserved
// byte for byte.
struct JsonMember {
  std::string key;
  Json value;
  std::string_view written;
};
// The members of the object in `text`, in order, including both of a duplicate key. Absent for what
// `parse_json` refuses, and for anything but an object.
[[nodiscard]] std::optional<std::vector<JsonMember>> json_members(std::string_view text);

}  // namespace gs::formats
