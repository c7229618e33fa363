// Parts of a zstd file, one behind the other, are the file: whatever its frames look like.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zstd.h>

#include "io/ndjson/byte_stream.h"
#include "io/ndjson/zstd_frames.h"

namespace sluice::io {
namespace {

constexpr std::size_t kPackedChunk = std::size_t{256} << 10;  // what a stream reads at a time

/// Lines that can't be packed, `bytes` in all.
std::string lines_of(std::size_t bytes, std::uint32_t seed) {
  std::minstd_rand random(seed);
  std::string text(bytes, '\0');
  for (char& byte : text) byte = static_cast<char>('0' + random() % 75);
  for (std::size_t at = 99; at < bytes; at += 100) text[at] = '\n';
  return text;
}

std::string frame(const std::string& text, bool checksum = false, bool tells_size = true) {
  const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, checksum ? 1 : 0);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_contentSizeFlag, tells_size ? 1 : 0);
  std::string packed(ZSTD_compressBound(text.size()) + 64, '\0');
  packed.resize(ZSTD_compress2(context.get(), packed.data(), packed.size(), text.data(), text.size()));
  return packed;
}

/// A frame that every reader passes over, of so many bytes, 8 at least.
std::string skippable_frame(std::size_t bytes) {
  const auto size = static_cast<std::uint32_t>(bytes - 8);
  std::string packed = "\x50\x2A\x4D\x18";
  for (int i = 0; i < 4; ++i) packed += static_cast<char>(size >> (8 * i) & 0xff);
  return packed + std::string(size, 'x');
}

class ZstdParts : public testing::Test {
 protected:
  void SetUp() override {
    path_ = std::filesystem::temp_directory_path() / ("sluice-zstd-parts-" + std::to_string(::getpid()));
  }
  void TearDown() override { std::filesystem::remove(path_); }

  /// Adds a frame that begins where a part may begin.
  void add(const std::string& packed, const std::string& text = {}) {
    borders_.push_back(packed_.size());
    packed_ += packed;
    text_ += text;
  }
  void add_text(const std::string& text, bool checksum = false) { add(frame(text, checksum), text); }

  void save() {
    borders_.push_back(packed_.size());
    std::ofstream(path_, std::ios::binary) << packed_;
  }
  [[nodiscard]] int open() const { return ::open(path_.c_str(), O_RDONLY | O_CLOEXEC); }

  [[nodiscard]] static std::string all_of(ByteStream& stream) {
    std::string text;
    std::vector<char> piece(kPackedChunk);
    for (;;) {
      const auto got = stream.read(piece.data(), piece.size());
      EXPECT_TRUE(got) << got.error().message();
      if (!got || *got == 0) return text;
      text.append(piece.data(), *got);
    }
  }

  /// The parts that `count` slices would read, one behind the other.
  [[nodiscard]] std::string parts_of(const std::vector<std::uint64_t>& borders, std::size_t count) const {
    std::string text;
    const auto border = [&](std::size_t part) { return borders[part * (borders.size() - 1) / count]; };
    for (std::size_t part = 0; part < count; ++part) {
      const auto stream = make_zstd_part(path_, open(), border(part), border(part + 1));
      EXPECT_TRUE(stream);
      if (stream) text += all_of(**stream);
    }
    return text;
  }

  void expect_that_parts_are_the_file() {
    save();
    const int fd = open();
    const auto found = find_zstd_frames(path_, fd, packed_.size());
    ::close(fd);
    ASSERT_TRUE(found);
    for (std::size_t count = 1; count <= borders_.size() + 1; ++count) {
      EXPECT_TRUE(parts_of(*found, count) == text_) << count << " parts of the frames that were found";
      EXPECT_TRUE(parts_of(borders_, count) == text_) << count << " parts of all frames";
    }
  }

  std::string path_;
  std::string packed_;
  std::string text_;
  std::vector<std::uint64_t> borders_;
};

TEST_F(ZstdParts, SkippableFramesHoldNothing) {
  for (std::uint32_t i = 0; i < 6; ++i) {
    add(skippable_frame(12));
    add_text(lines_of(5'000 + 37 * i, i));
  }
  add(skippable_frame(8));
  expect_that_parts_are_the_file();
}

TEST_F(ZstdParts, EmptyFramesHoldNothing) {
  for (std::uint32_t i = 0; i < 6; ++i) {
    add_text(lines_of(5'000 + 37 * i, i));
    if (i % 2 == 0) add(frame(""));
    if (i % 3 == 0) add(frame("", true, false));
  }
  expect_that_parts_are_the_file();
}

TEST_F(ZstdParts, AChecksumMayBeAloneInWhatIsReadNext) {
  for (std::size_t split = 0; split <= 4; ++split) {
    packed_.clear();
    text_.clear();
    borders_.clear();
    const std::string first = lines_of(200'050, 1);
    const std::string packed = frame(first, true);
    // `split` bytes of the checksum are in the next chunk of the file.
    add(skippable_frame(kPackedChunk - packed.size() + split) + packed, first);
    add_text(lines_of(70'000, 2), true);
    add_text(lines_of(70'000, 3), true);
    expect_that_parts_are_the_file();
  }
}

TEST_F(ZstdParts, AFrameMayFillWhatIsReadToTheByte) {
  for (const bool checksum : {false, true}) {
    packed_.clear();
    text_.clear();
    borders_.clear();
    add_text(std::string(kPackedChunk - 1, 'x') + "\n", checksum);
    add_text(std::string(2 * kPackedChunk - 1, 'y') + "\n", checksum);
    expect_that_parts_are_the_file();
  }
}

TEST_F(ZstdParts, FramesThatHoldNothingAreNoBorders) {
  add(skippable_frame(20));
  add_text("one\n");
  add(frame(""));
  add(skippable_frame(20));
  add_text("two\n");
  save();
  const int fd = open();
  const auto found = find_zstd_frames(path_, fd, packed_.size());
  ::close(fd);
  ASSERT_TRUE(found);
  EXPECT_EQ(*found, (std::vector<std::uint64_t>{0, borders_[4], packed_.size()}));
}

}  // namespace
}  // namespace sluice::io
