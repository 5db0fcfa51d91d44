import { callRegistry } from './call-registry.ts';
import { SEEDED } from './seeded.ts';

/** Takes out of a registry of ours all images but the one that Slipway has put there. */
export async function emptyRegistry(address: string): Promise<void> {
  const { body } = await callRegistry(address, 'GET', '/v2/_catalog?n=1000');
  const { repositories } = JSON.parse(body) as { repositories: string[] };
  for (const name of repositories.filter((repository) => repository !== SEEDED))
    for (const tag of await tagsOf(address, name)) {
      const { headers } = await callRegistry(address, 'HEAD', `/v2/${name}/manifests/${tag}`);
      const digest = headers['docker-content-digest'];
      // It went with another tag of the same image.
      if (typeof digest === 'string')
        await callRegistry(address, 'DELETE', `/v2/${name}/manifests/${digest}`);
    }
}

async function tagsOf(address: string, name: string): Promise<string[]> {
  const { status, body } = await callRegistry(address, 'GET', `/v2/${name}/tags/list`);
  // The real one says null for a repository that has none left.
  return status === 404 ? [] : ((JSON.parse(body) as { tags: string[] | null }).tags ?? []);
}
