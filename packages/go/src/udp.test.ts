import { MemoryTree, Project } from '@msb/core';
import { describe, expect, test } from 'vitest';
import { packagesOf } from './packages.ts';
import { findUdp, readUdp } from './udp.ts';

const listening = 'conn, err := net.ListenUDP("udp", address)';

function portsOf(line: string, files: Readonly<Record<string, string>> = {}): readonly number[] {
  const project = new Project(new MemoryTree({ 'main.go': `package main\n${line}\nfunc main() {}\n`, ...files }));
  return findUdp(project, packagesOf(project, new Map([['example.com/a', '']]), [''])).map(({ port }) => port);
}

describe('the ports of datagrams', () => {
  test.each([
    ['net.ListenPacket', 'net.ListenPacket("udp", ":5353")', [5353]],
    ['net.ListenConfig', 'lc.ListenPacket(ctx, "udp4", "0.0.0.0:5354")', [5354]],
    ['net.ListenUDP', 'net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4zero, Port: 1812})', [1812]],
    ['an address that is resolved first', `a, _ := net.ResolveUDPAddr("udp", ":514")\n${listening}`, [514]],
    [
      'kingpin',
      `kingpin.Flag("statsd.listen-udp", "Where. \\"\\" is off.").Default(":9125").String()\n${listening}`,
      [9125],
    ],
    ['flag', `flag.Int("udp-port", 8125, "where")\n${listening}`, [8125]],
    ['a DNS server', 'server := &dns.Server{Addr: address, Net: "udp"}', [53]],
    [
      'several',
      'net.ListenPacket("udp", ":68")\nnet.ListenPacket("udp", ":67")\nnet.ListenPacket("udp", ":68")',
      [67, 68],
    ],
  ])('%s', (_name, line, expected) => {
    expect(portsOf(line)).toEqual(expected);
  });

  test('are those of the own Dockerfile where the sources name none', () => {
    const Dockerfile = 'FROM x\nEXPOSE 53 53/udp 853/udp\n';
    expect(portsOf(listening, { Dockerfile })).toEqual([53, 853]);
    expect(portsOf(listening, { Dockerfile: `# Made by create-msb-docker (go)\n${Dockerfile}` })).toEqual([]);
    expect(portsOf('net.Listen("tcp", ":53")', { Dockerfile })).toEqual([]);
  });

  test.each([
    ['a client', 'net.ResolveUDPAddr("udp", "10.0.0.1:514")\nnet.DialUDP("udp", nil, a)'],
    ['a port that the system chooses', 'net.ListenPacket("udp", ":0")'],
    ['a setting of a program that receives none', 'flag.Int("udp-port", 8125, "where")'],
    ['a size beside a listener', `flag.Int("udp-queue-size", 10000, "how many")\n${listening}`],
  ])('are none for %s', (_name, line) => {
    expect(portsOf(line)).toEqual([]);
  });
});

test('--udp is a list, and 0 is none', () => {
  expect(readUdp('53,853')).toEqual([53, 853]);
  expect(readUdp('0')).toEqual([]);
});
