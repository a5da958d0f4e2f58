"""A small kind that stands under others: what another unit is asked to say."""

from __future__ import annotations

OPINION = """
matter: opinion
title: {zh: 会办意见, en: Opinion}
version: 2026-01-01
reference: 试验规则
prefix: HB
form: {text: {type: text, title: {zh: 内容, en: Text}, required: true}}
asks: {view: {type: text, title: {zh: 意见, en: View}}}
stages:
  asked: {title: {zh: 待提意见, en: Asked}, owner: unit}
  sent: {title: {zh: 已提, en: Sent}, final: true}
  gone: {title: {zh: 不再需要, en: Not wanted}, final: true}
actions:
  send: {title: {zh: 提交意见, en: Send}, from: asked, to: sent, by: unit, needs: [view]}
  pass_on: {title: {zh: 转他单位, en: Pass on}, from: asked, by: dispatcher, needs: [unit]}
  recall: {title: {zh: 补充, en: Recall}, from: sent, to: asked, by: unit, at_most: 1}
  drop: {title: {zh: 终止, en: Drop}, from: asked, to: gone, by: system}
follows: drop
needs: [unit]
clocks: {viewing: {title: {zh: 会办, en: Viewing}, starts: asked, restarts: asked, stops: [sent, gone], limit: 1 month}}
"""
