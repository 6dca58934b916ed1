"""The fuzzer's target runs by itself (`make fuzz`), and needs a library that the tests do not."""

collect_ignore = ["target.py"]
