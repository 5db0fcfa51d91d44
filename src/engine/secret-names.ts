/** What stands in place of a secret. */
export const MASK = '••••';

const TELLING = /PASSWORD|PASSWD|SECRET|TOKEN|KEY/i;
/** `NAME=value` as it stands in `Env`, and, with podman, after `-e` or `--env=` in `CreateCommand`. */
const ASSIGNMENT = /^((?:-e|--env=)?(\w+)=)[\s\S]/;

/** Whether a variable of this name holds, by its name, something that is not for every eye. */
export function isSecretName(name: string): boolean {
  return /^\w+$/.test(name) && TELLING.test(name);
}

/** `DB_PASSWORD=hunter2` without the value; any other text as it is. */
export function maskAssignment(text: string): string {
  const [, start = '', name = ''] = ASSIGNMENT.exec(text) ?? [];
  return isSecretName(name) ? `${start}${MASK}` : text;
}
