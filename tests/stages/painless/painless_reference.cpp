// Prints docs/painless.md.
#include <iostream>

#include "tests/stages/painless/reference.h"

int main() {
  std::cout << sluice::painless::reference_page();
  return 0;
}
