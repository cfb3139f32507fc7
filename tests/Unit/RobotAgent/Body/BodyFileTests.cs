using AV1Relay.Hardware.Head;
using AV1Relay.Hardware.Linux.Head;
using AV1Relay.Hardware.Linux.Power;
using AV1Relay.RobotAgent.CommandLine;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Body;

public sealed class BodyFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task Without_a_file_the_body_is_the_reference_robots()
    {
        await using var body = BodyFile.Open(null, TimeProvider.System);
        Assert.IsType<ServoBusHead>(body.Head);
        Assert.IsType<Max17048>(body.Battery);
        Assert.Equal(HeadRange.Reference, body.Head.Range);
    }

    [Fact]
    public async Task What_a_file_leaves_out_is_as_on_the_reference_robot()
    {
        Write("{}");
        await using var body = BodyFile.Open(_path, TimeProvider.System);
        Assert.IsType<ServoBusHead>(body.Head);
        Assert.IsType<Max17048>(body.Battery);
    }

    [Fact]
    public async Task A_file_chooses_drivers_and_their_wiring()
    {
        Write("""
            {
              // a robot with hobby servos and a pack of three cells
              "head": { "pan": { "channel": 4, "isReversed": true }, "driver": "pca9685", "range": { "minPan": -60, "maxPan": 60, "minTilt": -20, "maxTilt": 20 } },
              "lights": { "bus": 1 },
              "contacts": { "chips": ["gpio-sim"], "louder": null, "softer": null },
              "battery": { "driver": "ina219", "address": 68, "pack": { "cells": 3 } },
            }
            """);
        await using var body = BodyFile.Open(_path, TimeProvider.System);
        Assert.IsType<PwmHead>(body.Head);
        Assert.Equal(new HeadRange(-60, 60, -20, 20), body.Head.Range);
        Assert.IsType<Ina219>(body.Battery);
    }

    [Fact]
    public async Task A_robot_without_moving_head_and_gauge_is_a_robot()
    {
        Write("""{ "head": { "driver": "none" }, "battery": { "driver": "none" } }""");
        await using var body = BodyFile.Open(_path, TimeProvider.System);
        Assert.IsType<FixedHead>(body.Head);
        Assert.Null(body.Battery);
    }

    [Theory]
    [InlineData("can't be understood", "{")]
    [InlineData("holds nothing", "null")]
    [InlineData("can't be understood", """{ "heads": {} }""")]
    [InlineData("can't be understood", """{ "head": { "driver": "stepper" } }""")]
    [InlineData("can't be understood", """{ "head": { "driver": "sts3215", "pan": { "centreSteps": 2048 } } }""")] // which servo?
    [InlineData("can't be understood", """{ "head": { "driver": "sts3215", "range": { "minPan": -10 } } }""")]
    [InlineData("can't be understood", """{ "lights": null }""")]
    [InlineData("straight ahead", """{ "head": { "driver": "sts3215", "range": { "minPan": 10, "maxPan": 20, "minTilt": -5, "maxTilt": 5 } } }""")]
    [InlineData("near 2048", """{ "head": { "driver": "sts3215", "pan": { "id": 1, "centreSteps": 100 } } }""")]
    [InlineData("give the tilt servo another", """{ "head": { "driver": "sts3215", "pan": { "id": 2 } } }""")]
    [InlineData("one GPIO line", """{ "contacts": { "curtain": 17 } }""")]
    public void A_file_that_cannot_be_meant_so_says_why(string words, string json)
    {
        Write(json);
        var problem = Assert.Throws<CommandException>(() => BodyFile.Open(_path, TimeProvider.System));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.Contains(_path, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_end_is_not_read()
    {
        Write(new string(' ', 70_000));
        Assert.Contains("no body's file", Assert.Throws<CommandException>(() => BodyFile.Open(_path, TimeProvider.System)).Message, StringComparison.Ordinal);
    }

    private void Write(string json) => File.WriteAllText(_path, json);
}
