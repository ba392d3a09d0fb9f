"""argparse in Chinese: the fixed texts of Python 3.11's argparse that a user can come to see."""

import argparse

TEXTS = {
    "usage: ": "用法：",
    "options": "选项",
    "positional arguments": "参数",
    "show this help message and exit": "显示本说明后退出",
    "argument %(argument_name)s: %(message)s": "参数 %(argument_name)s：%(message)s",
    "the following arguments are required: %s": "缺少参数：%s",
    "one of the arguments %s is required": "须给出其中一个参数：%s",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "not allowed with argument %s": "不能与参数 %s 同用",
    "ignored explicit argument %r": "该参数不带值：%r",
    "expected one argument": "须跟一个值",
    "expected at most one argument": "最多跟一个值",
    "expected at least one argument": "至少跟一个值",
    "ambiguous option: %(option)s could match %(matches)s": "参数 %(option)s 不明确，可能是 %(matches)s",
    "invalid %(type)s value: %(value)r": "值 %(value)r 不合要求（%(type)s）",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r 这一项（可选：%(choices)s）",
    "can't open '%(filename)s': %(error)s": "打不开 %(filename)s：%(error)s",
    "%(prog)s: error: %(message)s\n": "%(prog)s：%(message)s\n",
}


def speak_chinese() -> None:
    """Let every parser made from now on talk Chinese; texts not listed stay as they are."""
    # argparse looks its texts up through this name, meant for gettext catalogues.
    setattr(argparse, "_", lambda text: TEXTS.get(text, text))  # noqa: B010
