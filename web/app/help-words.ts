type Keys = readonly [pressed: readonly string[], what: string];

const uk = {
  title: "Клавіші",
  groups: [
    {
      name: "Усюди",
      keys: [
        [["Ctrl", "K"], "знайти або виконати"],
        [["/"], "знайти або виконати"],
        [["C"], "створити"],
        [["["], "згорнути розділи"],
        [["?"], "ці клавіші"],
        [["Ctrl", "Shift", "L"], "заблокувати екран"],
      ],
    },
    {
      name: "У списках",
      keys: [
        [["J"], "наступний рядок"],
        [["K"], "попередній рядок"],
        [["X"], "обрати рядок"],
        [["Enter"], "відкрити рядок"],
      ],
    },
    {
      name: "У коментарях",
      keys: [
        [["1"], "подякувати"],
        [["2"], "запропонувати дію"],
        [["3"], "сховати"],
      ],
    },
  ] satisfies { name: string; keys: readonly Keys[] }[],
  singleKeys: "Клавіші без Ctrl діють",
  singleKeysWhy:
    "Вимкніть, якщо диктуєте голосом або натискаєте їх випадково. Діють за місцем на клавіатурі, в українській розкладці теж. Запам'ятовується в цьому браузері.",
  ask: "Не вистачає доступу або людини в списку? Це робить власник закладу.",
};

const en: typeof uk = {
  title: "Keys",
  groups: [
    {
      name: "Everywhere",
      keys: [
        [["Ctrl", "K"], "find or do"],
        [["/"], "find or do"],
        [["C"], "create"],
        [["["], "collapse sections"],
        [["?"], "these keys"],
        [["Ctrl", "Shift", "L"], "lock the screen"],
      ],
    },
    {
      name: "In lists",
      keys: [
        [["J"], "next row"],
        [["K"], "previous row"],
        [["X"], "choose the row"],
        [["Enter"], "open the row"],
      ],
    },
    {
      name: "In comments",
      keys: [
        [["1"], "thank"],
        [["2"], "propose an action"],
        [["3"], "hide"],
      ],
    },
  ],
  singleKeys: "Keys without Ctrl act",
  singleKeysWhy:
    "Switch them off if you dictate by voice or press them by accident. They go by their place on the keyboard, whatever the layout. Kept in this browser.",
  ask: "Is an access or a person missing? The clinic's owner adds them.",
};

export const helpWords = { uk, en };
