using System.CommandLine;
using AV1Relay.Application.Privacy;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using AV1Relay.RelayServer.Data;
using NodaTime.Text;

namespace AV1Relay.RelayServer.Commands;

/// <summary><c>relay-server hold place|lift|list</c>: what must not be deleted for now.</summary>
internal static class HoldCommand
{
    public static Command Create(TimeProvider time) =>
        new("hold", "Legal holds: what neither retention nor erasure may delete for now.") { Place(time), Lift(time), List(time) };

    private static Command Place(TimeProvider time)
    {
        var (data, json) = (SharedOptions.Data(), SharedOptions.Json());
        var why = Why("Why these records must be kept; it stays with the hold.");
        var pupil = PersonOptions.Id("--pupil", "Whose records.");
        var everybody = new Option<bool>("--everybody") { Description = "Everybody's records, in the place of --pupil." };
        var kept = RetentionOptions.Class("This class alone; without: all.");
        var command = new Command("place", "Keep a pupil's records, or everybody's, until the hold is lifted. Prints its id.")
        {
            data, pupil, everybody, kept, why, json,
        };
        command.Validators.Add(result =>
        {
            var isOfPupil = result.GetResult(pupil) is not null;
            if (isOfPupil == result.GetValue(everybody)) result.AddError("Say whose records: --pupil UUID, or --everybody.");
        });
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var relay = await SharedOptions.OpenAsync(result.GetRequiredValue(data), time, cancellationToken);
            var outcome = await new OperatorPrivacy(relay.Get<IRecords>(), time, RelayData.Actor).PlaceHoldAsync(
                result.GetValue(everybody) ? null : new PupilId(result.GetValue(pupil)), result.GetValue(kept), result.GetRequiredValue(why),
                cancellationToken);
            var hold = SharedOptions.Done(outcome);
            await result.InvocationConfiguration.Output.WriteLineAsync(
                result.GetValue(json) ? Report.ToLine(Row(hold)) : hold.Id.ToString());
            return 0;
        });
        return command;
    }

    private static Command Lift(TimeProvider time)
    {
        var (data, why, json) = (SharedOptions.Data(), Why("Why it is no longer needed; it stays with the hold."), SharedOptions.Json());
        var id = PersonOptions.Id("--hold", "Which, as hold list prints it.");
        id.Required = true;
        var command = new Command("lift", "End a hold; what is due goes with the next run of retention.") { data, id, why, json };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var relay = await SharedOptions.OpenAsync(result.GetRequiredValue(data), time, cancellationToken);
            var outcome = await new OperatorPrivacy(relay.Get<IRecords>(), time, RelayData.Actor).LiftHoldAsync(
                new LegalHoldId(result.GetRequiredValue(id)), result.GetRequiredValue(why), cancellationToken);
            var hold = SharedOptions.Done(outcome);
            await result.InvocationConfiguration.Output.WriteLineAsync(
                result.GetValue(json) ? Report.ToLine(Row(hold)) : $"{hold.Id} is lifted.");
            return 0;
        });
        return command;
    }

    private static Command List(TimeProvider time)
    {
        var (data, json) = (SharedOptions.Data(), SharedOptions.Json());
        var command = new Command("list", "Print all holds, lifted ones too.") { data, json };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var relay = await SharedOptions.OpenAsync(result.GetRequiredValue(data), time, cancellationToken);
            var holds = await new OperatorPrivacy(relay.Get<IRecords>(), time, RelayData.Actor).HoldsAsync(cancellationToken);
            var output = result.InvocationConfiguration.Output;
            if (result.GetValue(json))
            {
                await output.WriteLineAsync(Report.ToLine(new { holds = holds.Select(Row) }));
                return 0;
            }

            foreach (var hold in holds)
            {
                var whose = hold.Pupil is { } pupil ? $"pupil {pupil}" : "everybody";
                var placed = $"placed {InstantPattern.General.Format(hold.Placed.At)}: {hold.Placed.Why}";
                var lifted = hold.Lifted is { } act ? $"\tlifted {InstantPattern.General.Format(act.At)}: {act.Why}" : "";
                await output.WriteLineAsync($"{hold.Id}\t{whose}\t{RetentionOptions.Word(hold.Class)}\t{placed}{lifted}");
            }

            return 0;
        });
        return command;
    }

    private static object Row(LegalHold hold) => new
    {
        hold = hold.Id.Value,
        pupil = hold.Pupil?.Value,
        @class = hold.Class?.ToString(),
        placedAt = hold.Placed.At.ToDateTimeOffset(),
        why = hold.Placed.Why,
        liftedAt = hold.Lifted?.At.ToDateTimeOffset(),
        liftedWhy = hold.Lifted?.Why,
    };

    private static Option<string> Why(string description) => new("--why") { Description = description, HelpName = "TEXT", Required = true };
}
