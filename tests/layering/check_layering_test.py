#!/usr/bin/env python3
"""Each rule of check_layering.py finds what it is there for, and nothing else."""
import pathlib
import tempfile
import unittest

from check_layering import problems

LONG_FUNCTION = "void f(int a) {\n" + "  a();\n" * 90 + "}\n"


class Rules(unittest.TestCase):
    def check(self, path: str, text: str) -> list[str]:
        with tempfile.TemporaryDirectory() as root:
            file = pathlib.Path(root) / path
            file.parent.mkdir(parents=True)
            file.write_text(text, encoding="utf-8")
            return problems(pathlib.Path(root))

    def assert_wrong(self, path: str, text: str, word: str):
        found = self.check(path, text)
        self.assertEqual(len(found), 1, found)
        self.assertIn(word, found[0])

    def test_good_file(self):
        self.assertEqual(self.check("io/cluster/a.cpp", '#include "io/http/b.h"\n#include <boost/json.hpp>\nvoid f() {\n}\n'), [])

    def test_arrows(self):
        for path, target in (("stages/a.cpp", "io/http/b.h"), ("io/cluster/a.cpp", "stages/b.h"),
                             ("pipeline/base/a.cpp", "pipeline/model/b.h"), ("pipeline/graph/a.cpp", "stages/b.h"),
                             ("io/http/a.cpp", "io/cluster/b.h"), ("reindex/a.cpp", "tools/b.h")):
            self.assert_wrong(path, f'#include "{target}"\n', "must not include")

    def test_libraries(self):
        for path, target in (("stages/a.cpp", "oneapi/tbb/flow_graph.h"), ("io/cluster/a.cpp", "curl/curl.h"),
                             ("reindex/a.cpp", "rocksdb/db.h"), ("tools/a.cpp", "boost/beast/http.hpp"),
                             ("pipeline/graph/a.cpp", "boost/json.hpp")):
            self.assert_wrong(path, f"#include <{target}>\n", "only")

    def test_sizes(self):
        self.assert_wrong("stages/a.h", "#pragma once\n" + "int a;\n" * 300, "lines")
        self.assertIn("split it by concept", self.check("stages/a.cpp", "int a;\n" * 801)[0])
        self.assertIn("this function has 92 lines", self.check("stages/a.cpp", LONG_FUNCTION)[0])

    def test_a_type_or_a_namespace_is_no_function(self):
        self.assertEqual(self.check("stages/a.cpp", "namespace {\nclass A : B<int()> {\n" + "  int a;\n" * 90 + "}\n}\n"), [])

    def test_names(self):
        self.assert_wrong("stages/string_utils.cpp", "", "concept")
        self.assert_wrong("stages/Parse.cpp", "", "snake_case")
        self.assert_wrong("stages/parse.h", "int a;\n", "pragma once")

    def test_nothing_to_check_is_a_problem(self):
        with tempfile.TemporaryDirectory() as root:
            self.assertEqual(len(problems(pathlib.Path(root))), 1)


if __name__ == "__main__":
    unittest.main()
