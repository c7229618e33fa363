"""Scripts to compare sluice's Painless with Elasticsearch's: every operator on every pair of types, and seeded programs.

    generate.py operators            one script a line, as JSON
    generate.py programs SEED COUNT  likewise
"""
import json
import random
import sys

# An expression of each type, as a static type and as def.
OPERANDS = {
    "boolean": ["true", "false"],
    "byte": ["(byte)3", "(byte)-128"],
    "short": ["(short)-7"],
    "char": ["(char)66"],
    "int": ["5", "-2147483648", "0"],
    "long": ["6L", "-9223372036854775807L", "0L"],
    "float": ["1.5f"],
    "double": ["-2.5", "0.0", "Double.NaN"],
    "String": ["'ab'", "''"],
    "List": ["[1, 2]"],
    "Map": ["['k': 1]"],
    "def": ["null"],
}
BINARY = ["+", "-", "*", "/", "%", "<<", ">>", ">>>", "&", "^", "|", "<", "<=", ">", ">=", "==", "!=", "===", "!==", "&&", "||"]
COMPOUND = ["+=", "-=", "*=", "/=", "%=", "<<=", ">>=", ">>>=", "&=", "^=", "|="]
CASTS = ["boolean", "byte", "short", "char", "int", "long", "float", "double", "String", "List", "Map", "Integer", "Long", "Number", "Object", "def"]


def declared(kind, name, value, as_def):
    return f"{'def' if as_def else kind} {name} = {value};"


def operators():
    first = {kind: values[0] for kind, values in OPERANDS.items()}
    for left, a in first.items():
        for right, b in first.items():
            for op in BINARY:
                for mode in ((False, False), (True, True), (True, False)):
                    yield f"{declared(left, 'a', a, mode[0])} {declared(right, 'b', b, mode[1])} return a {op} b"
            for op in COMPOUND:
                for mode in (False, True):
                    yield f"{declared(left, 'a', a, mode)} {declared(right, 'b', b, False)} a {op} b; return a"
    for kind, values in OPERANDS.items():
        for value in values:
            for mode in (False, True):
                for op in ("-", "+", "~", "!"):
                    yield f"{declared(kind, 'a', value, mode)} return {op}a"
                for op in ("a++", "++a", "a--", "--a"):
                    yield f"{declared(kind, 'a', value, mode)} def b = {op}; return [a, b]"
                for target in CASTS:
                    yield f"{declared(kind, 'a', value, mode)} return ({target})a"
                    yield f"{declared(kind, 'a', value, mode)} {target} b = a; return b"
                    yield f"{declared(kind, 'a', value, mode)} return a instanceof {target}"
    edges = [value for kind in ("byte", "int", "long", "float", "double") for value in OPERANDS[kind]]
    for a in edges:
        for b in edges:
            for op in ("+", "*", "/", "%", "<", "=="):
                yield f"def a = {a}; def b = {b}; return a {op} b"


class Programs:
    """Random programs of a few statements that mostly make sense."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def pick(self, *choices):
        return self.random.choice(choices)

    def number(self, depth):
        r = self.random
        if depth <= 0 or r.random() < 0.3:
            return self.pick("i", "l", "d", "n", str(r.randint(-9, 99)), f"{r.randint(-5, 5)}L", f"{r.randint(0, 99) / 4}", "xs.size()",
                             "s.length()", "m.size()", "xs[0]", "m.a")
        return self.pick(
            lambda: f"({self.number(depth - 1)} {self.pick('+', '-', '*', '/', '%')} {self.number(depth - 1)})",
            lambda: f"({self.condition(depth - 1)} ? {self.number(depth - 1)} : {self.number(depth - 1)})",
            lambda: f"Math.{self.pick('abs', 'floor', 'ceil', 'round', 'sqrt')}({self.number(depth - 1)})",
            lambda: f"Math.{self.pick('max', 'min', 'pow')}({self.number(depth - 1)}, {self.number(depth - 1)})",
            lambda: f"({self.pick('int', 'long', 'double', 'float', 'short', 'byte')})({self.number(depth - 1)})",
            lambda: f"{self.text(depth - 1)}.indexOf({self.text(depth - 1)})",
            lambda: f"Integer.parseInt({self.text(depth - 1)})",
            lambda: f"{self.list(depth - 1)}.size()",
            lambda: f"{self.text(depth - 1)}.hashCode()",
            lambda: f"(-{self.number(depth - 1)})",
        )()

    def text(self, depth):
        r = self.random
        if depth <= 0 or r.random() < 0.3:
            return self.pick("s", "'abc'", "'x,y,z'", "''", "'Ünï😀'", "'12'", "t")
        return self.pick(
            lambda: f"({self.text(depth - 1)} + {self.pick(self.number, self.text, self.list)(depth - 1)})",
            lambda: f"{self.text(depth - 1)}.{self.pick('toUpperCase()', 'toLowerCase()', 'trim()')}",
            lambda: f"{self.text(depth - 1)}.substring({r.randint(0, 3)})",
            lambda: f"{self.text(depth - 1)}.substring({r.randint(0, 2)}, {r.randint(0, 4)})",
            lambda: f"{self.text(depth - 1)}.replace({self.text(0)}, {self.text(0)})",
            lambda: f"String.valueOf({self.number(depth - 1)})",
            lambda: f"{self.list(depth - 1)}.toString()",
            lambda: f"String.join('-', [{self.text(depth - 1)}, {self.text(depth - 1)}])",
        )()

    def list(self, depth):
        r = self.random
        if depth <= 0 or r.random() < 0.3:
            return self.pick("xs", "[]", "[1, 2, 3]", "['a', null, 2.5]", "ys")
        return self.pick(
            lambda: f"[{self.number(depth - 1)}, {self.text(depth - 1)}]",
            lambda: f"{self.list(depth - 1)}.findAll(e -> e != {self.number(0)})",
            lambda: f"{self.list(depth - 1)}.collect(e -> '' + e)",
            lambda: f"new ArrayList({self.list(depth - 1)})",
            lambda: f"new ArrayList(m.{self.pick('keySet()', 'values()')})",
            lambda: f"{self.list(depth - 1)}.subList(0, {r.randint(0, 2)})",
        )()

    def condition(self, depth):
        r = self.random
        if depth <= 0 or r.random() < 0.3:
            return self.pick("b", "i > 3", "s == t", "xs.isEmpty()", "m.containsKey('a')", "n != null")
        return self.pick(
            lambda: f"({self.condition(depth - 1)} {self.pick('&&', '||')} {self.condition(depth - 1)})",
            lambda: f"!({self.condition(depth - 1)})",
            lambda: f"{self.number(depth - 1)} {self.pick('<', '<=', '>', '>=', '==', '!=')} {self.number(depth - 1)}",
            lambda: f"{self.text(depth - 1)}.{self.pick('contains', 'startsWith', 'endsWith', 'equals')}({self.text(0)})",
            lambda: f"{self.list(depth - 1)}.contains({self.number(0)})",
            lambda: f"{self.pick('n', 's', 'xs', 'm')} instanceof {self.pick('List', 'Map', 'String', 'Number', 'Integer')}",
        )()

    def statement(self, depth):
        r = self.random
        return self.pick(
            lambda: f"i {self.pick('=', '+=', '-=', '*=')} (int)({self.number(2)});",
            lambda: f"l {self.pick('=', '+=')} (long)({self.number(2)});",
            lambda: f"d {self.pick('=', '+=', '*=')} (double)({self.number(2)});",
            lambda: f"n = {self.pick(self.number, self.text, self.list)(3)};",
            lambda: f"s {self.pick('=', '+=')} {self.text(3)};",
            lambda: f"xs.add({self.pick(self.number, self.text)(2)});",
            lambda: f"m.{self.pick('a', 'b', 'c')} = {self.pick(self.number, self.text, self.list)(2)};",
            lambda: f"m[{self.text(1)}] = {self.number(2)};",
            lambda: f"m.remove({self.text(1)});",
            lambda: f"{self.pick('i++', 'l--', '++i', 'n++')};",
            lambda: f"if ({self.condition(2)}) {{ {self.block(depth - 1)} }} else {{ {self.block(depth - 1)} }}" if depth > 0 else "i++;",
            lambda: f"for (int k{depth} = 0; k{depth} < {r.randint(1, 4)}; ++k{depth}) {{ {self.block(depth - 1)} }}" if depth > 0 else "l++;",
            lambda: f"for (e{depth} in {self.list(1)}) {{ s += e{depth}; {self.block(depth - 1)} }}" if depth > 0 else "d++;",
            lambda: f"try {{ {self.block(depth - 1)} }} catch (Exception x{depth}) {{ s += x{depth}.getMessage(); }}" if depth > 0 else "i--;",
        )()

    def block(self, depth):
        return " ".join(self.statement(depth) for _ in range(self.random.randint(1, 3)))

    def program(self):
        return ("int i = 4; long l = 7L; double d = 2.5; boolean b = true; def n = 3; String s = 'hello'; String t = 'b'; "
                "List xs = [3, 1, 2]; List ys = ['q', 'r']; Map m = ['a': 1, 'b': 'two']; "
                + self.block(2) + " return [i, l, d, n, s, xs, m];")


def constants():
    """Operators with a constant on one side, and loops with every kind of condition: what has instructions of its own."""
    values = ["0", "1", "-1", "7", "-7", "1000000", "2147483647", "-2147483648", "3000000000L", "2.5", "-0.0", "1.5f"]
    variables = [f"int x = {value};" for value in ("13", "-13", "2147483647", "Integer.MIN_VALUE")]
    variables += [f"long x = {value};" for value in ("13L", "-13L", "Long.MIN_VALUE", "4294967296L")]
    variables += ["double x = 13.25;", "double x = Double.NaN;", "float x = 2.5f;", "short x = (short) 300;", "byte x = (byte) -5;",
                  "char x = (char) 65;", "def x = 13;", "def x = 2.5;"]
    for variable in variables:
        for value in values:
            expressions = [f"x {op} {value}" for op in ("+", "-", "*", "<", "<=", ">", ">=", "==", "!=")]
            expressions += [f"{value} {op} x" for op in ("+", "-", "*", "<", ">=", "==")]
            expressions += [f"(x {op} {value} ? 'y' : 'n')" for op in ("<", "<=", ">", ">=", "==", "!=")]
            yield f"{variable} return [{', '.join(expressions)}].toString()"
            yield f"{variable} return x / {value}"
            yield f"{variable} return x % {value}"
            yield f"{variable} x += {value}; x -= 3; x *= {value}; return x"
    for kind, start, end, step in (("int", "0", "10", "3"), ("long", "-5", "5L", "2"), ("double", "0", "2.5", "0.5"), ("float", "0", "2", "0.5f")):
        for condition in (f"i < {end}", f"i <= {end}", f"i != {end}", f"{end} > i", f"{end} >= i", "i < n", "i <= n", "n != i"):
            limit = f"{kind} n = ({kind}) ({end}); int turns = 0;"
            yield f"{limit} for ({kind} i = {start}; {condition}; i += {step}) {{ ++turns; if (turns > 40) {{ break }} }} return turns"
            yield f"{limit} {kind} i = {start}; while ({condition}) {{ i += {step}; ++turns; if (turns % 3 == 0) {{ continue }} if (turns > 40) {{ break }} }} return turns"
            yield f"{limit} {kind} i = {start}; do {{ i += {step}; ++turns; if (turns > 40) {{ break }} }} while ({condition}); return turns + i"
    for condition in ("i < 2000000", "i <= 2000000", "i != -1", "i > -1", "i >= 0", "true", "i >= 0 && i < 2000000", "i < 2000000 || i == 7"):
        yield f"int i = 0; while ({condition}) {{ i++ }} return i"
        yield f"long i = 0; for (; {condition}; i++) {{ if (i < 0) {{ return 1 }} }} return i"
    yield "int[] a = new int[] {1, 2, 3}; int s = 0; for (int i = 0; i < a.length; ++i) { s += a[i]; } return s"
    yield "long s = 1; for (int i = 1; i < 30; i++) { s = s * i + i % 4 - (i - 3) } return s"
    yield "int x = 5; x = x + (x = 7) * 2; return x"
    yield "long x = 5; x += (x = 7) * 2; return x"
    yield "int x = 5; long y = x * 3000000000L + x; return y"
    yield "char c = (char) 97; long l = c + 1L; return l > c"
    yield "String s = ''; for (int i = 0; i < 12; ++i) { s += i; s += 'x' + i + 1.5 + true + null } return s"
    yield "String s = 'a'; String t = s + 'b'; String u = t + 'c'; String v = t + 'd'; return s + t + u + v"


def main():
    if sys.argv[1] == "operators":
        scripts = operators()
    elif sys.argv[1] == "constants":
        scripts = constants()
    else:
        programs = Programs(int(sys.argv[2]))
        scripts = (programs.program() for _ in range(int(sys.argv[3])))
    for script in scripts:
        print(json.dumps({"source": script}))


if __name__ == "__main__":
    main()
