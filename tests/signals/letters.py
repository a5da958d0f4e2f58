"""How the letters of a mailbox are read."""

from __future__ import annotations

MAP = """\
map: letters
title: {zh: 来信, en: Letters}
version: 2026-01-01
source: letters
id: 编号
time: {column: 时间, formats: ["%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M:%S"]}
fields:
  title: {column: 主题, others: [内容], at_most: 200}
  text: 内容
reporter: {name: 来信人}
defaults: {channel: 来信}
"""
