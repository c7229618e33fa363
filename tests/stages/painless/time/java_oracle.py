#!/usr/bin/env python3
"""java_oracle.py record CASES...: what a JDK (21 or newer) answers to the expressions of case files.

A case is a line `expression => result`, the result being what toString says, or `! Class: message <- Class: message` with
the causes of an exception. Rewrites the files with the JDK's answers; lines that begin with # and empty ones stay.
`java_oracle.py check URL CASES...` asks an Elasticsearch or OpenSearch node instead, through _scripts/painless/_execute,
and prints what differs. JAVA_HOME names the JDK.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

PRELUDE = """
import java.time.*; import java.time.format.*; import java.time.temporal.*; import java.time.chrono.*;
import java.text.*; import java.util.*;
"""
CALLS = """
  interface Call { Object call() throws Throwable; }
  static String chain(Throwable error) {
    StringBuilder text = new StringBuilder("! ");
    for (Throwable each = error; each != null; each = each.getCause()) {
      if (each != error) text.append(" <- ");
      text.append(each.getClass().getName()).append(": ").append(each.getMessage());
    }
    return text.toString();
  }
  static void say(Call call) {
    String text;
    try { text = String.valueOf(call.call()); } catch (Throwable error) { text = chain(error); }
    System.out.println(text.replace("\\n", "\\\\n"));
  }
"""
# Calls that return what they changed, so that a case is one expression.
STEPS = """
class Steps {
  Calendar calendar;
  static Steps at(long millis, String zone) {
    Steps steps = new Steps();
    steps.calendar = Calendar.getInstance(TimeZone.getTimeZone(zone));
    steps.calendar.setTimeInMillis(millis);
    return steps;
  }
  Steps set(int field, int value) { calendar.set(field, value); return this; }
  Steps set(int year, int month, int day) { calendar.set(year, month, day); return this; }
  Steps add(int field, int amount) { calendar.add(field, amount); return this; }
  Steps roll(int field, int amount) { calendar.roll(field, amount); return this; }
  Steps clear() { calendar.clear(); return this; }
  Steps clear(int field) { calendar.clear(field); return this; }
  Steps lenient(boolean lenient) { calendar.setLenient(lenient); return this; }
  Steps weeks(int first, int days) { calendar.setFirstDayOfWeek(first); calendar.setMinimalDaysInFirstWeek(days); return this; }
  Steps zone(String id) { calendar.setTimeZone(TimeZone.getTimeZone(id)); return this; }
  String maximums() {
    String text = "";
    for (int field = 0; field < 17; field++) text += " " + calendar.getActualMaximum(field);
    return text;
  }
  int weekYear() { return calendar.getWeekYear(); }
  public String toString() {
    String text = Long.toString(calendar.getTimeInMillis());
    for (int field = 0; field < 17; field++) text += " " + calendar.get(field);
    return text;
  }
}
class Format {
  SimpleDateFormat format;
  static Format of(String pattern) { return of(pattern, Locale.getDefault()); }
  static Format of(String pattern, Locale locale) {
    Format made = new Format();
    made.format = new SimpleDateFormat(pattern, locale);
    return made;
  }
  Format zone(String id) { format.setTimeZone(TimeZone.getTimeZone(id)); return this; }
  Format lenient(boolean lenient) { format.setLenient(lenient); return this; }
  String format(long millis) { return format.format(new Date(millis)); }
  long parse(String text) throws Exception { return format.parse(text).getTime(); }
  public String toString() { return format.toPattern(); }
}
"""
PER_METHOD = 200


def split_case(line: str) -> tuple[str, str]:
    expression, _, expected = line.partition(" => ")
    return expression.strip(), expected  # spaces around a result belong to it


def is_case(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")


def ask_jdk(expressions: list[str]) -> list[str]:
    """One answer for each expression."""
    home = os.environ.get("JAVA_HOME")
    tool = (lambda name: str(pathlib.Path(home) / "bin" / name)) if home else (lambda name: name)
    chunks = [expressions[each:each + PER_METHOD] for each in range(0, len(expressions), PER_METHOD)]
    with tempfile.TemporaryDirectory() as folder:
        classes = []
        for number, chunk in enumerate(chunks):
            calls = "\n".join(f"    say(() -> {each});" for each in chunk)
            classes.append(f"class C{number} extends Base {{ static void run() {{\n{calls}\n  }} }}")
        runs = "\n".join(f"    C{number}.run();" for number in range(len(chunks)))
        source = (PRELUDE + STEPS + f"class Base {{ {CALLS} }}\n" + "\n".join(classes)
                  + f"\nclass Oracle {{ public static void main(String[] arguments) throws Exception {{\n"
                  f"    System.setOut(new java.io.PrintStream(System.out, true, \"UTF-8\"));\n{runs}\n  }} }}\n")
        path = pathlib.Path(folder) / "Oracle.java"
        path.write_text(source, encoding="utf-8")
        subprocess.run([tool("javac"), "-nowarn", "-encoding", "UTF-8", "-d", folder, str(path)], check=True)
        done = subprocess.run(
            [tool("java"), "-XX:TieredStopAtLevel=1", "-Djava.locale.providers=CLDR", "-Duser.timezone=Etc/UTC",
             "-Duser.language=en", "-Duser.country=", "-cp", folder, "Oracle"],
            check=True, capture_output=True, encoding="utf-8")
    answers = done.stdout.split("\n")[:-1]
    if len(answers) != len(expressions):
        raise SystemExit(f"java_oracle.py: {len(expressions)} expressions, {len(answers)} answers")
    return answers


def record(paths: list[str]):
    for path in map(pathlib.Path, paths):
        lines = path.read_text(encoding="utf-8").splitlines()
        expressions = [split_case(line)[0] for line in lines if is_case(line)]
        answers = iter(ask_jdk(expressions))
        text = [f"{split_case(line)[0]} => {next(answers)}" if is_case(line) else line for line in lines]
        path.write_text("\n".join(text) + "\n", encoding="utf-8")
        print(f"{path}: {len(expressions)} cases")


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.rsplit(".", 1)[-1]).lower()


def ask_node(url: str, expression: str) -> str:
    request = urllib.request.Request(
        url + "/_scripts/painless/_execute", data=json.dumps({"script": {"source": expression}}).encode(),
        headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)["result"]
    except urllib.error.HTTPError as error:
        cause = json.load(error)["error"].get("caused_by", {})
        chain = []
        while cause:
            chain.append(f"{cause['type']}: {cause['reason']}")
            cause = cause.get("caused_by")
        return "! " + " <- ".join(chain)


def as_node_says(expected: str) -> str:
    """`! java.time.DateTimeException: x` as `! date_time_exception: x`."""
    if not expected.startswith("! "):
        return expected
    parts = expected[2:].split(" <- ")
    return "! " + " <- ".join(re.sub(r"^([\w.$]+): ", lambda match: snake(match.group(1)) + ": ", part) for part in parts)


def check(url: str, paths: list[str]) -> int:
    different = total = refused = 0
    for path in map(pathlib.Path, paths):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not is_case(line):
                continue
            expression, expected = split_case(line)
            answer = ask_node(url, expression)
            if "compile error" in answer or re.match(r"! illegal_argument_exception: (static |dynamic |member |Cannot|cannot|invalid|Not a|unknown)", answer):
                refused += 1  # not on the allow-list
                continue
            total += 1
            if answer != as_node_says(expected):
                different += 1
                print(f"{expression}\n  recorded {as_node_says(expected)}\n  the node {answer}")
    print(f"{total} compared, {different} different, {refused} not allowed in a script")
    return 1 if different else 0


def main() -> int:
    if len(sys.argv) > 2 and sys.argv[1] == "record":
        record(sys.argv[2:])
        return 0
    if len(sys.argv) > 3 and sys.argv[1] == "check":
        return check(sys.argv[2], sys.argv[3:])
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
