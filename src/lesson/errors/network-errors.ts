import type { ErrorRow } from './error-row.ts';
import { client, containerIn, nearest } from './real-names.ts';

export const NETWORK_ERRORS: readonly ErrorRow[] = [
  {
    id: 'port-taken',
    says: /Bind for \S*?:(?<port>\d+) failed: port is already allocated|listen (?:tcp|udp)\d? \S*?:(?<podman>\d+): bind: address already in use/,
    meaning: ({ port, podman }) =>
      `Port ${port ?? podman} of the machine is taken by another container or program; it can lead to one only.`,
    tryThis: ({ port, podman }, context) =>
      `Take another port before the colon: -p ${Number(port ?? podman) + 1}:… Who has it: ${client(context)} ps`,
  },
  {
    id: 'address-not-here',
    says: /listen \S+ (?<address>\S+?):\d+: bind: cannot assign requested address/,
    meaning: ({ address }) => `${address} is no address of the engine’s machine.`,
    tryThis: 'Leave the address out, or use 127.0.0.1, which only this machine can reach.',
  },
  {
    id: 'port-privileged',
    says: /cannot expose privileged port (?<port>\d+)/,
    meaning: ({ port }) =>
      `Ports below 1024, as ${port}, belong to root, and this engine runs without its rights.`,
    tryThis: ({ port }) => `Take a higher one: -p ${Number(port) + 8000}:${port}`,
  },
  {
    id: 'port-invalid',
    says: /invalid (?<side>containerPort|hostPort): (?<port>\S+?)\.?$|parsing (?<podman>container|host) port: invalid port number/im,
    meaning: ({ port }) =>
      `${port === undefined ? 'This' : `“${port}”`} is no port: a number from 1 to 65535.`,
    tryThis: 'The shape is -p HOST:CONTAINER, for instance -p 8080:80',
  },
  {
    id: 'port-range',
    says: /invalid ranges specified for container and host Ports/i,
    meaning: 'Both ranges of ports have to be of the same length.',
    tryThis: 'For instance -p 8000-8002:80-82',
  },
  {
    id: 'port-address',
    says: /invalid ip address: (?<address>\S+)/i,
    meaning: 'Before the two ports stands an address of this machine, of four numbers, or nothing.',
    tryThis: 'For instance -p 127.0.0.1:8080:80',
  },
  {
    id: 'port-protocol',
    says: /invalid proto: (?<protocol>\S+)/i,
    meaning: ({ protocol }) => `${protocol} is no kind of port.`,
    tryThis: 'Kinds are tcp (which needs not be said), udp and sctp: -p 53:53/udp',
  },
  {
    id: 'network-missing',
    says: /network (?<name>\S+) not found|unable to find network with name or ID (?<podman>\S+): network not found|daemon: network not found/,
    meaning: ({ name, podman }) =>
      (name ?? podman) === undefined
        ? 'There is no network of that name.'
        : `There is no network called ${name ?? podman}.`,
    tryThis: ({ name, podman }, context) =>
      nearest(
        name ?? podman ?? '',
        context.networks,
        context,
        `See which there are: ${client(context)} network ls. To make it: ${client(context)} network create ${name ?? podman ?? 'NAME'}`,
      ),
  },
  {
    id: 'network-in-use',
    says: /network (?<name>\S+) (?:id \w+ )?has active endpoints|"(?<podman>[^"]+)" has associated containers with it/,
    meaning: ({ name, podman }) => `Containers are still connected to the network ${name ?? podman}.`,
    tryThis: ({ name, podman }, context) => {
      const [docker, network] = [client(context), name ?? podman];
      return `See which: ${docker} ps -a --filter network=${network}; then ${docker} network disconnect ${network} NAME`;
    },
  },
  {
    id: 'network-exists',
    says: /network with name (?<name>\S+) already exists|network name (?<podman>\S+) already used/,
    meaning: ({ name, podman }) => `There is a network called ${name ?? podman} already.`,
    tryThis: ({ name, podman }, context) =>
      `Use it as it is, or take another name. Look at it: ${client(context)} network inspect ${name ?? podman}`,
  },
  {
    id: 'network-predefined-remove',
    says: /(?<name>\S+) is a pre-defined network and cannot be removed|default network (?<podman>\S+) cannot be removed/,
    meaning: ({ name, podman }) => `${name ?? podman} belongs to the engine, which needs it.`,
    tryThis: 'Leave it; only networks that somebody made can be removed.',
  },
  {
    id: 'network-predefined-create',
    says: /operation is not permitted on predefined (?<name>\S+) network|network with name "(?<podman>[^"]+)" because it conflicts with a valid network mode/,
    meaning: ({ name, podman }) => `${name ?? podman} means something of the engine’s own.`,
    tryThis: (_, context) => `Take another name: ${client(context)} network create lan`,
  },
  {
    id: 'subnet-overlaps',
    says: /Pool overlaps with other one on this address space|subnet (?<subnet>\S+) is already used/,
    meaning: 'These addresses belong to another network already, so packets would not know where to go.',
    tryThis: (_, context) =>
      `Leave out --subnet and let the engine choose, or see what is taken: ${client(context)} network inspect NAME`,
  },
  {
    id: 'subnets-used-up',
    says: /could not find an available, non-overlapping IPv4 address pool|all predefined address pools have been fully subnetted/,
    meaning: 'The engine has no free range of addresses left for one more network.',
    tryThis: (_, context) => `Remove networks that nobody uses: ${client(context)} network ls`,
  },
  {
    id: 'subnet-invalid',
    says: /Invalid subnet (?<subnet>\S+)|failed to parse subnet/i,
    meaning: 'A subnet is an address and how many bits of it are fixed.',
    tryThis: 'For instance --subnet 10.20.0.0/24',
  },
  {
    id: 'network-connected-already',
    says: /endpoint with name (?<name>\S+) already exists in network (?<network>\S+)|container (?<id>\w+) is already connected to network "(?<podman>[^"]+)"/,
    meaning: ({ network, podman }) =>
      `It is in the network ${network ?? podman} already: nothing was changed.`,
    tryThis: ({ network, podman }, context) =>
      `See who is in it: ${client(context)} network inspect ${network ?? podman}`,
  },
  {
    id: 'network-not-connected',
    says: /container (?<id>\S+) is not connected to (?:the )?network (?<network>\S+)/,
    meaning: ({ id, network }, context) =>
      `${containerIn(context, id)} is not in the network ${network}, so it cannot be taken out.`,
    tryThis: ({ id }, context) =>
      `See in which it is: ${client(context)} inspect ${containerIn(context, id)}`,
  },
  {
    id: 'network-host-connect',
    says: /container cannot be disconnected from host network or connected to host network/,
    meaning: 'Whether a container has a network of its own is settled when it is made.',
    tryThis: (_, context) => `Make a new one: ${client(context)} run --network host …`,
  },
  {
    id: 'address-fixed',
    says: /user specified IP address is supported (?:on|only when connecting to) user[- ](?:defined|configured)|requested static ip (?<address>\S+) not in any subnet/,
    meaning: 'A fixed address works only in a network that somebody made, and within its subnet.',
    tryThis: (_, context) =>
      `Make one: ${client(context)} network create --subnet 10.20.0.0/24 lan, then run with --network lan --ip 10.20.0.5`,
  },
];
