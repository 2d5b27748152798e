import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { aliasesOf } from "./aliases.ts";
import { fold } from "./fold.ts";
import { otherLayout } from "./keyboard.ts";
import { normalise, rnokppHolds } from "./normalise.ts";
import { cardPiece, namePieces, queryPieces, queryWords } from "./pieces.ts";

// What receptionists type against what the passport says.
const SAME: readonly (readonly string[])[] = [
  ["Ґонта", "Gonta", "Honta", "Г'онта", "гонта"],
  ["Юрій", "Yuriy", "Yury", "Yurii", "Jurij"],
  ["Щербак", "Scherbak", "Shcherbak"],
  ["Шевченко", "Shevchenko", "Szewczenko", "SHEVCHENKO"],
  ["Згурський", "Zghurskyi", "Zgurskiy"],
  ["Мар'яна", "Марʼяна", "Мар’яна", "Мар`яна", "Maryana", "Mariana"],
  ["Сергієнко", "Serhiienko", "Sergienko"],
  ["Євген", "Yevhen", "Evgen", "Yevgen"],
  ["Віктор", "Viktor", "Wiktor"],
  ["Хоменко", "Khomenko", "Homenko"],
  ["Цимбалюк", "Tsymbaliuk", "Tsymbalyuk", "Cymbaliuk"],
  ["Ковальов", "Ковалёв", "Kovalov"],
  ["Анна", "Ана", "Anna"],
  ["Олександр", "Oleksandr", "Olexandr"],
  ["Максим", "Maxym", "Maksym"],
  ["Нечуй-Левицький", "Нечуй‑Левицький", "НечуйЛевицький"],
  ["Соловйов", "Соловьёв", "Soloviov"],
  ["Йосип", "Yosyp", "Iosyp"],
  ["Ткач", "Tkach", "Ткaч"], // the last with a Latin a
  ["Бойко", "Boyko", "Boiko", "Bojko"],
  ["Лисенко", "Lysenko", "Lisenko"],
  ["Поляков", "Poliakov", "Polyakov"],
  ["Жук", "Zhuk"],
  ["Café", "Cafe"],
];

test("one name in all its spellings folds to one word", () => {
  for (const [first = "", ...others] of SAME)
    for (const other of others) assert.equal(fold(other), fold(first), `${first} ${other}`);
});

test("different names stay different, but for the pairs that are merged on purpose", () => {
  const names = [
    "Згурський",
    "Журський",
    "Шевченко",
    "Щербак",
    "Юрій",
    "Юрко",
    "Коваль",
    "Ковальов",
    "Ткач",
    "Ткаченко",
    "Лисенко",
  ];
  assert.equal(new Set(names.map(fold)).size, names.length);
  for (const [one = "", other = ""] of [
    ["Жук", "Зук"],
    ["Чук", "Цук"],
    ["Гук", "Хук"],
  ])
    assert.equal(fold(one), fold(other));
});

test("capitals, apostrophes, hyphens and compatibility letters do not matter, and no Cyrillic is left", () => {
  const letter = fc.constantFrom(..."абвгґдеєжзиіїйклмнопрстуфхцчшщьюя ".split(""));
  fc.assert(
    fc.property(fc.string({ unit: letter, maxLength: 20 }), fc.nat(20), (name, at) => {
      const folded = fold(name);
      assert.doesNotMatch(folded, /[A-Z'-]|\p{Script=Cyrillic}/u);
      assert.equal(fold(name.toUpperCase()), folded);
      assert.equal(fold(name.normalize("NFD")), folded);
      assert.equal(fold(`${name.slice(0, at)}ʼ${name.slice(at)}`), folded);
    }),
  );
});

test("a query typed with the wrong keyboard layout is understood both ways", () => {
  assert.equal(otherLayout("Itdxtyrj"), "Шевченко");
  assert.equal(otherLayout("Шевченко"), "Itdxtyrj");
  assert.equal(otherLayout("'dutys"), "євгені");
  assert.equal(otherLayout("]df"), "їва");
  assert.equal(otherLayout("Іван Smith"), undefined);
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...Array.from("йцукенгшщзхїґфівапролджєячсмитьбю ")), minLength: 1 }),
      (text) => {
        const keys = otherLayout(text) ?? assert.fail();
        if (/\p{Script=Cyrillic}/u.test(text)) assert.equal(otherLayout(keys), text);
      },
    ),
  );
  assert.ok(queryPieces("Itdxtyrj").includes(fold("Шевченко").slice(0, 8)));
});

test("a patient is found by any beginning of two letters and more, by either half of a double surname, and by an alias", () => {
  assert.deepEqual(namePieces("family", "Ткач"), ["tk", "tka", "tkac"]);
  assert.deepEqual(namePieces("given", "Богдана"), ["bo", "boh", "bohd", "bohda"]);
  assert.deepEqual(namePieces("patronymic", "Іванівна"), ["iv", "iva", "ivan"]);
  assert.deepEqual(namePieces("family", "О"), []);
  assert.ok(namePieces("family", "Нечуй-Левицький").includes("levicki"));
  assert.ok(namePieces("given", "Олексій").some((piece) => queryPieces("Алексей").includes(piece)));
  assert.ok(aliasesOf(fold("Николай")).includes(fold("Микола")));
  assert.deepEqual(aliasesOf(fold("Зоряна")), []);
});

test("every stored name is met by a query of its own beginning, however long the query", () => {
  const cyrillic = fc.string({
    unit: fc.constantFrom(...Array.from("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'")),
    minLength: 3,
    maxLength: 14,
  });
  fc.assert(
    fc.property(cyrillic, fc.constantFrom("family", "given", "patronymic"), (name, part) => {
      const stored = namePieces(part, name);
      if (stored.length === 0) return;
      assert.ok(
        queryPieces(name).some((piece) => stored.includes(piece)),
        `${part} ${name}`,
      );
    }),
  );
  assert.deepEqual(queryWords("  Олена   Ткаченко В "), ["Ткаченко", "Олена", "В"]);
});

test("phones come out in one spelling, Ukrainian ones by the home rule first", () => {
  for (const typed of [
    "0671234567",
    "067 123-45-67",
    "(067) 1234567",
    "80671234567",
    "380671234567",
    "+380671234567",
    "+38 (067) 123 45 67",
    "00380671234567",
  ])
    assert.equal(normalise("phone", typed), "+380671234567", typed);
  assert.equal(normalise("phone", "+48 600 123 456"), "+48600123456");
  assert.equal(normalise("phone", "0048600123456"), "+48600123456");
  assert.equal(normalise("phone", "+80671234567"), "+80671234567");
  assert.equal(normalise("phone", "+380000000001"), "+380000000001");
  for (const typed of ["", "немає", "12", "1234567890123456"])
    assert.equal(normalise("phone", typed), undefined, typed);
});

test("e-mail addresses, logins and documents come out in one spelling", () => {
  assert.equal(normalise("email", "  Olena.Koval@Example.COM "), "olena.koval@example.com");
  for (const typed of ["", "olena", "@x", "x@", "a b@c", "a@b@c"])
    assert.equal(normalise("email", typed), undefined, typed);
  assert.equal(normalise("login", "Olena@Example.com"), "olena@example.com");
  assert.equal(normalise("login", "067 1234567"), "+380671234567");
  assert.equal(normalise("passport-book", "CE 123456"), "СЕ123456"); // Latin CE typed, Cyrillic СЕ kept
  assert.equal(normalise("unzr", "19850314-00179"), "1985031400179");
  assert.equal(normalise("insurer", "ab-12/3"), "AB123");
  assert.equal(normalise("insurer", "—"), undefined);
  assert.equal(cardPiece(" К-0412 "), "К0412");
});

test("taxpayer numbers are judged by their check digit and get a lost zero back", () => {
  assert.equal(rnokppHolds("1759013776"), true);
  assert.equal(rnokppHolds("2530414071"), true);
  assert.equal(rnokppHolds("1759013770"), false);
  assert.equal(rnokppHolds("175901377"), false);
  assert.equal(normalise("rnokpp", "1759013770"), "1759013770");
  const old = Array.from({ length: 10 }, (_, digit) => `012345678${digit}`).find(rnokppHolds) ?? assert.fail();
  assert.equal(normalise("rnokpp", old.slice(1)), old);
  assert.equal(normalise("rnokpp", ""), undefined);
});
