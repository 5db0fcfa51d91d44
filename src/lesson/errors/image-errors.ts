import type { ErrorContext, ErrorRow } from './error-row.ts';
import {
  client,
  didYouMeanImage,
  mendedLine,
  nearest,
  nearestImage,
  plainImage,
  wantedImage,
} from './real-names.ts';

/** What to do about an image that cannot be fetched. */
function withoutRegistry(whole: string, context: ErrorContext): string {
  const images = context.images.slice(0, 3).map(plainImage).join(', ');
  const here = images === '' ? '' : ` Images that are here: ${images}.`;
  return nearestImage(
    wantedImage(whole, context),
    context,
    context.sandbox
      ? `Use an image that is here already: ${client(context)} images shows them.${here}`
      : `See whether this machine is online, then try again.${here}`,
  );
}

function notHere(whole: string, context: ErrorContext): string {
  const image = wantedImage(whole, context);
  return image === ''
    ? 'It had to be fetched from a registry'
    : `No image ${image} is on this engine, so it had to be fetched from a registry`;
}

const DIGESTS = /@sha256/;

export const IMAGE_ERRORS: readonly ErrorRow[] = [
  {
    id: 'pull-denied',
    says: /pull access denied for (?<image>[^\s,]+)|requested access to the resource is denied|repository (?<gone>\S+) not found: does not exist or no pull access/,
    meaning: ({ image = '', gone = '' }) =>
      `The registry gives no image ${image || gone || 'of that name'}: there is none, or it is private.`,
    tryThis: ({ image, gone, whole = '' }, context) =>
      nearestImage(
        wantedImage(whole, context) || image || gone || '',
        context,
        `See how the name is spelled; for a private image log in first: ${client(context)} login`,
      ),
  },
  {
    id: 'manifest-unknown',
    says: /manifest (?:for (?<image>\S+) not found|unknown)/,
    meaning: ({ image = '' }) =>
      image === ''
        ? 'The registry answers, but it has no image with that name and tag.'
        : `The registry answers, but it has no ${image}: no such name, or no such tag.`,
    tryThis: ({ image = '', whole = '' }, context) =>
      nearestImage(
        wantedImage(whole, context) || image,
        context,
        'See which tags there are, and name one after the colon.',
      ),
  },
  // Before the next: podman tells of a mirror that does not answer first, and of what is wrong behind that.
  {
    id: 'registry-unreachable',
    says: /lookup (?<host>\S+?)(?: on \S+)?: .*(?:network is unreachable|no such host|server misbehaving|temporary failure|connection refused|i\/o timeout)|dial tcp \S+ connect: (?:network is unreachable|no route to host)/i,
    meaning: ({ host, whole = '' }, context) =>
      `${notHere(whole, context)}; but ${host ?? 'the registry'} cannot be reached from here.`,
    tryThis: ({ whole = '' }, context) => withoutRegistry(whole, context),
  },
  {
    id: 'registry-refused',
    says: /(?:https?:\/\/(?<host>[^/\s"]+)|dial tcp (?<address>\S+)): ?.*connect: connection refused|https?:\/\/(?<at>[^/\s"]+)\/v2.*connect: connection refused/,
    meaning: ({ host, at, address, whole = '' }, context) =>
      `${notHere(whole, context)}; but at ${host ?? at ?? address ?? 'its address'} nothing answers.`,
    tryThis: ({ whole = '' }, context) =>
      nearestImage(
        wantedImage(whole, context),
        context,
        'See whether the registry is running, and whether its name and port are right.',
      ),
  },
  {
    id: 'registry-timeout',
    says: /i\/o timeout|TLS handshake timeout|Client\.Timeout exceeded|context deadline exceeded|request canceled while waiting/,
    meaning: ({ whole = '' }, context) => `${notHere(whole, context)}; but none answered in time.`,
    tryThis: ({ whole = '' }, context) => withoutRegistry(whole, context),
  },
  {
    id: 'registry-login',
    says: /unauthorized: |no basic auth credentials|authentication required/,
    meaning: 'The registry does this only for somebody who is logged in.',
    tryThis: (_, context) => `Log in, then try again: ${client(context)} login`,
  },
  {
    id: 'too-many-pulls',
    says: /toomanyrequests|pull rate limit/,
    meaning: 'The registry has been asked too often from this address, and wants a pause.',
    tryThis: (_, context) =>
      `Wait, or log in (${client(context)} login); images that are here need no registry.`,
  },
  {
    id: 'image-missing',
    says: /No such image: (?<image>\S+?):?(?=\s|$)|(?<known>[^\s:]+(?::[^\s:]+)?): image not known|exist locally with the tag: (?<pushed>\S+)|reference does not exist|(?<found>\S+): No such image/im,
    meaning: ({ image, known, pushed, found }) => {
      const name = image ?? known ?? pushed ?? found;
      return name === undefined
        ? 'This engine has no image of that name.'
        : `This engine has no image called ${plainImage(name)}.`;
    },
    tryThis: ({ image, known, pushed, found }, context) => {
      const name = image ?? known ?? pushed ?? found ?? '';
      const list = `See which there are: ${client(context)} images`;
      return nearestImage(DIGESTS.test(name) ? '' : plainImage(name), context, list);
    },
  },
  {
    id: 'object-missing',
    says: /no such object: "?(?<name>[^\s"]+)/i,
    meaning: ({ name = '' }) => `There is neither a container nor anything else called ${name}.`,
    tryThis: ({ name = '' }, context) =>
      nearest(
        name,
        [...context.containers, ...context.images.map(plainImage), ...context.volumes, ...context.networks],
        context,
        `See what there is: ${client(context)} ps -a, or ${client(context)} images`,
      ),
  },
  {
    id: 'image-uppercase',
    says: /repository name (?:\((?:library\/)?(?<name>[^)]+)\) )?must be lowercase/,
    meaning: 'Names of images are written in small letters only; a tag after the colon may have capitals.',
    tryThis: ({ name = '' }, { command, images }) => {
      const typed = command
        .split(/\s+/)
        .find(
          (word) => /^[\w./:-]*[A-Z][\w./:-]*$/.test(word) && !word.startsWith('-') && word.startsWith(name),
        );
      if (typed === undefined) return 'Write the name in small letters.';
      const small = didYouMeanImage(typed, images) ?? typed.toLowerCase();
      return `Try: ${mendedLine(command, typed, small) || small}`;
    },
  },
  {
    id: 'image-reference',
    says: /invalid reference format/,
    meaning:
      'What stands where an image’s name should be is not one. Often a blank or a wrong sign broke the line, so that another word was taken for the name.',
    tryThis: (_, context) =>
      `A name looks like tiny:1 (name, colon, tag). Options come before it: ${client(context)} run --name box tiny:1`,
  },
  {
    id: 'image-in-use',
    says: /unable to (?:remove repository reference "(?<image>[^"]+)"|delete (?<id>\S+)) \((?:must force|must be forced|cannot be forced)\) - (?:container (?<user>\w+) is using|image is being used by (?:running|stopped) container (?<runner>\w+))|image used by (?<podman>\w+): image is in use by a container|image is in use by a container/,
    meaning: ({ user, runner, podman }) => {
      const box = (user ?? runner ?? podman ?? '').slice(0, 12);
      return `A container${box === '' ? '' : ` (${box})`} was made from this image, and still needs it.`;
    },
    tryThis: ({ user, runner, podman }, context) => {
      const box = (user ?? runner ?? podman ?? 'NAME').slice(0, 12);
      return `Remove the container first, if nobody needs it any more: ${client(context)} rm -f ${box}`;
    },
  },
  {
    id: 'image-many-names',
    says: /image is referenced in multiple repositories|by ID with more than one tag/,
    meaning: 'This image has several names; by its id it cannot be told which of them should go.',
    tryThis: (_, context) => `Remove it by a name, as often as it has names: ${client(context)} rmi NAME:TAG`,
  },
  {
    id: 'image-has-children',
    says: /image has dependent child images|has dependent children/,
    meaning: 'Other images stand on the layers of this one.',
    tryThis: (_, context) => `Remove those first; see them all: ${client(context)} images -a`,
  },
  {
    id: 'load-no-archive',
    says: /Error processing tar file|payload does not match any of the supported image formats/,
    meaning: 'What was given is not an archive of an image.',
    tryThis: (_, context) => `Load a file that was made with: ${client(context)} save -o FILE IMAGE`,
  },
];
