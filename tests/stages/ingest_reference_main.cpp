// Prints docs/ingest.md.
#include <iostream>

#include "tests/stages/ingest_reference.h"

int main() {
  std::cout << sluice::ingest::ingest_reference_page();
  return 0;
}
