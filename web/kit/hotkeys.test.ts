import assert from "node:assert/strict";
import { test } from "node:test";
import { pressed } from "./hotkeys.ts";

const press = (
  key: string,
  code: string,
  held: Partial<Record<"ctrlKey" | "metaKey" | "altKey" | "shiftKey", boolean>> = {},
) => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

test("J moves down the list also while the layout is Ukrainian", () => {
  assert.ok(pressed(press("j", "KeyJ"), "j"));
  assert.ok(pressed(press("о", "KeyJ"), "j"));
  assert.ok(!pressed(press("л", "KeyK"), "j"));
});

test("Ctrl K, and the command key of a Mac, open the search on either layout", () => {
  assert.ok(pressed(press("k", "KeyK", { ctrlKey: true }), "mod+k"));
  assert.ok(pressed(press("л", "KeyK", { metaKey: true }), "mod+k"));
  assert.ok(!pressed(press("k", "KeyK"), "mod+k"));
  assert.ok(!pressed(press("k", "KeyK", { ctrlKey: true }), "k"));
});

test("a key with Alt belongs to the screen reader or the system, never to us", () => {
  assert.ok(!pressed(press("j", "KeyJ", { altKey: true }), "j"));
});

test("the question mark opens help however the keyboard writes it, and a bare slash the search", () => {
  assert.ok(pressed(press("?", "Slash", { shiftKey: true }), "?"));
  assert.ok(pressed(press("?", "Digit7", { shiftKey: true }), "?"));
  assert.ok(pressed(press("/", "Slash"), "/"));
  assert.ok(!pressed(press("?", "Slash", { shiftKey: true }), "/"));
});

test("locking needs all three keys", () => {
  assert.ok(pressed(press("L", "KeyL", { ctrlKey: true, shiftKey: true }), "mod+shift+l"));
  assert.ok(!pressed(press("l", "KeyL", { ctrlKey: true }), "mod+shift+l"));
});
