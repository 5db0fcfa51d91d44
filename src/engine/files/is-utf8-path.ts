/** Whether every engine can be told this path: JSON, and much else, knows only UTF-8. */
export function isUtf8Path(path: string): boolean {
  return !/[\udc80-\udcff]/u.test(path);
}
