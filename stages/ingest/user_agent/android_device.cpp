#include "stages/ingest/user_agent/android_device.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace sluice::ingest {

namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

/// What stands between semicolons, up to the end of the round brackets around `from`.
std::vector<std::string_view> parts_from(std::string_view text, std::size_t from) {
  std::vector<std::string_view> parts;
  int depth = 0;
  std::size_t begin = from;
  std::size_t at = from;
  const auto add = [&] {
    std::string_view part = text.substr(begin, at - begin);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    parts.push_back(part);
    begin = at + 1;
  };
  for (; at < text.size(); ++at) {
    if (text[at] == '(') ++depth;
    if (text[at] == ')' && depth-- == 0) break;
    if (text[at] == ';') add();
  }
  add();
  return parts;
}

/// `de`, `de-DE`, `de_de`.
bool is_locale(std::string_view part) {
  if (part.size() != 2 && part.size() != 5) return false;
  if (!is_lower(part[0]) || !is_lower(part[1])) return false;
  return part.size() == 2 || part[2] == '-' || part[2] == '_';
}

bool is_no_model(std::string_view part) {
  return part.empty() || part == "U" || part == "wv" || part == "Mobile" || part == "Tablet" || part == "Linux" ||
         part.starts_with("rv:") || part.starts_with("Opera M") || part.starts_with("Build/") || is_locale(part);
}

/// Huawei's numbers: `ELE-L29`, `NOH-AN00`.
bool is_huawei(std::string_view model) {
  const std::size_t dash = model.find('-');
  if (dash != 3 || model.size() < 6 || !std::ranges::all_of(model.substr(0, 3), is_upper)) return false;
  const std::string_view rest = model.substr(dash + 1);
  return rest.starts_with('L') || rest.starts_with("AL") || rest.starts_with("TL") || rest.starts_with("AN") ||
         rest.starts_with("TN");
}

/// A model and who makes it, where it doesn't say so itself. What stands before `Build` is known to be a model.
std::string branded(std::string_view model, bool has_build) {
  const bool says_samsung = model.starts_with("SAMSUNG ") || model.starts_with("samsung ");
  if (says_samsung) model.remove_prefix(8);
  std::string name(model);
  if (model.starts_with("SM-T") && !says_samsung && !has_build) return name;
  if (says_samsung || model.starts_with("SM-") || model.starts_with("GT-") || model.starts_with("SGH-")) {
    return "Samsung " + name;
  }
  for (const std::string_view line : {"Redmi", "MI ", "Mi "}) {
    if (model.starts_with(line)) return "XiaoMi " + name;
  }
  if (model.starts_with("ONEPLUS")) return "OnePlus " + name;
  if (model.starts_with("CPH")) return "Oppo " + name;
  if (model.starts_with("ASUS_")) return "Asus " + name.substr(5);
  if (model == "Nexus One") return "HTC " + name;
  if (model.starts_with("Nexus 7")) return "Asus " + name;
  if (model.starts_with("HUAWEI ")) return "Huawei " + name.substr(7);
  if (is_huawei(model)) return "Huawei " + name;
  return name;
}

}  // namespace

std::string android_device(std::string_view text) {
  const std::size_t system = text.find("Android");
  const auto parts = parts_from(text, system);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (is_no_model(parts[i])) continue;
    const std::size_t build = parts[i].find(" Build");
    return branded(parts[i].substr(0, build), build != std::string_view::npos);
  }
  if (std::ranges::find(parts, "Tablet") != parts.end()) return "Generic Tablet";
  return "Generic Smartphone";
}

std::optional<std::string> windows_phone_device(std::string_view text) {
  const auto parts = parts_from(text, text.find("Windows Phone"));
  if (parts.size() < 3) return std::nullopt;
  const std::string_view maker = parts[parts.size() - 2];
  const std::string model(parts.back());
  const bool is_own = maker == "NOKIA" || maker == "Nokia" || maker == "Microsoft";
  return is_own ? model : std::string(maker) + " " + model;
}

}  // namespace sluice::ingest
