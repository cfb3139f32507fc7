using AV1Relay.Application.Arrangements;
using AV1Relay.Application.Asking;
using AV1Relay.Application.Audit;
using AV1Relay.Application.Contacts;
using AV1Relay.Application.Evaluation;
using AV1Relay.Application.Fleet;
using AV1Relay.Application.Ledger;
using AV1Relay.Application.Live;
using AV1Relay.Application.Overview;
using AV1Relay.Application.People;
using AV1Relay.Application.Plans;
using AV1Relay.Application.Privacy;
using AV1Relay.Application.Referrals;
using AV1Relay.Application.Reminders;
using AV1Relay.Application.Rooms;
using AV1Relay.Application.Safeguarding;
using AV1Relay.Application.Sample;
using AV1Relay.Application.Schedule;
using AV1Relay.Application.Settings;
using AV1Relay.Application.Times;
using AV1Relay.Domain.Joining;
using AV1Relay.Domain.Records;
using Microsoft.Extensions.DependencyInjection;

namespace AV1Relay.Application;

/// <summary>Registers what staff ask for.</summary>
/// <remarks>The host brings along: the domain's stores, <see cref="TimeProvider"/>, <see cref="DrawJoinCode"/> for pupils' codes, <see cref="IEnrolmentCodeMaker"/>, and <see cref="IRobotsNow"/>.</remarks>
public static class ApplicationServices
{
    public static IServiceCollection AddRelayApplication(this IServiceCollection services)
    {
        services.AddSingleton<Desk>();
        services.AddSingleton(provider => new StaffPlans(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffPlanChoices(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffPlanProgress(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffPlanComments(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffReviews(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffAttend(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffSchedule(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffReceipts(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffFeed(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffSchoolTimes(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffTimesImport(provider.GetRequiredService<StaffSchoolTimes>(), provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffLive(
            provider.GetRequiredService<Desk>(), provider.GetRequiredService<StaffSchedule>(), provider.GetRequiredService<IRobotsNow>()));
        services.AddSingleton(provider => new StaffJoinCodes(
            provider.GetRequiredService<Desk>(), provider.GetRequiredService<DrawJoinCode>()));
        services.AddSingleton(provider => new StaffRoomLinks(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new RoomDays(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffContacts(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffSentHome(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffArrangements(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffMissedDays(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffReferrals(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffLedger(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffConcerns(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffFleet(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new FleetNow(
            provider.GetRequiredService<StaffFleet>(), provider.GetRequiredService<IRobotsNow>(), provider.GetRequiredService<IEnrolmentCodeMaker>()));
        services.AddSingleton(provider => new StaffChoices(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffPeople(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffPlaces(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffRoles(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffInvitations(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffPupils(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffOverview(provider.GetRequiredService<Desk>(), provider.GetRequiredService<IRobotsNow>()));
        services.AddSingleton(provider => new StaffReminders(
            provider.GetRequiredService<Desk>(), provider.GetRequiredService<StaffFeed>(), provider.GetRequiredService<StaffOverview>()));
        services.AddSingleton(provider => new StaffAudit(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffSettings(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new StaffEvaluation(provider.GetRequiredService<Desk>()));
        services.AddSingleton(provider => new EvaluationRuns(provider.GetRequiredService<StaffEvaluation>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new StaffPrivacy(
            provider.GetRequiredService<Desk>(), provider.GetRequiredService<IRecords>(), provider.GetRequiredService<IDeletedTraces>()));
        services.AddSingleton<CountySeeder>();
        return services;
    }
}
