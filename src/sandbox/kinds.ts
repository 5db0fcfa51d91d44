/** What a person chooses a sandbox by; which way serves it depends on who they are. */
export const SANDBOX_KINDS = ['docker', 'podman', 'inside'] as const;
export type SandboxKind = (typeof SANDBOX_KINDS)[number];
