using System.Text;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Stun;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Ice;

public sealed class IceLiteAgentTests
{
    private static readonly IceCredentials Local = new("RelayAAA", "relay-password-is-here-ok");
    private static readonly TransportAddress Wifi = TransportAddress.FromIPv4(0xC0000201, 5000);
    private static readonly TransportAddress Mobile = TransportAddress.FromIPv4(0xC6336407, 6000);

    private readonly IceLiteAgent _agent = new(Local);
    private readonly byte[] _response = new byte[IceLiteAgent.MaxResponseLength];
    private int _responseLength;

    [Fact]
    public void An_authenticated_check_is_answered_with_the_address_it_came_from()
    {
        Assert.Equal(IceLiteResult.Answered, Check(Wifi));

        Assert.Equal(StunParseError.None, StunMessage.TryParse(_response.AsSpan(0, _responseLength), out var answer));
        Assert.Equal(StunClass.SuccessResponse, answer.Class);
        Assert.Equal(Wifi, answer.MappedAddress);
        Assert.True(answer.HasValidIntegrity(Encoding.ASCII.GetBytes(Local.Password)));
        Assert.True(answer.HasValidFingerprint());
        Assert.True(_agent.IsValidated(Wifi));
        Assert.False(_agent.IsValidated(Mobile));
        Assert.Equal(Wifi, _agent.Selected);
    }

    [Fact]
    public void A_wrong_password_gets_silence_and_changes_nothing()
    {
        Assert.Equal(IceLiteResult.Ignored, Check(Wifi, password: "another-password-entirely"));

        Assert.Equal(0, _responseLength);
        Assert.False(_agent.IsValidated(Wifi));
        Assert.Null(_agent.Selected);
        Assert.Null(_agent.LastCheckAt);
    }

    [Theory]
    [InlineData("RelayAA:x")]
    [InlineData("RelayAAAB:x")]
    [InlineData("RelayAAA")]
    [InlineData(":RelayAAA")]
    public void A_username_that_is_not_ours_gets_silence(string username)
        => Assert.Equal(IceLiteResult.Ignored, Check(Wifi, username: username));

    [Fact]
    public void A_response_or_an_indication_is_not_a_check()
    {
        Assert.Equal(IceLiteResult.Ignored, Check(Wifi, messageClass: StunClass.SuccessResponse));
        Assert.Equal(IceLiteResult.Ignored, Check(Wifi, messageClass: StunClass.Indication));
    }

    [Fact]
    public void The_nominated_path_stays_selected_while_others_are_checked()
    {
        Assert.Equal(IceLiteResult.AnsweredAndNominated, Check(Wifi, nominate: true));
        Check(Mobile);

        Assert.Equal(Wifi, _agent.Selected);
        Check(Mobile, nominate: true);
        Assert.Equal(Mobile, _agent.Selected);
    }

    [Fact]
    public void A_controlled_peer_is_told_of_the_role_conflict()
    {
        Assert.Equal(IceLiteResult.RoleConflict, Check(Wifi, controlled: true));

        StunMessage.TryParse(_response.AsSpan(0, _responseLength), out var answer);
        Assert.Equal(487, answer.ErrorCode);
        Assert.False(_agent.IsValidated(Wifi));
    }

    [Fact]
    public void A_demand_that_nobody_knows_is_named_in_the_error()
    {
        Assert.Equal(IceLiteResult.UnknownAttribute, Check(Wifi, unknown: true));

        StunMessage.TryParse(_response.AsSpan(0, _responseLength), out var answer);
        Assert.Equal(420, answer.ErrorCode);
        Assert.True(answer.HasValidIntegrity(Encoding.ASCII.GetBytes(Local.Password)));
    }

    [Fact]
    public void The_list_of_paths_is_bounded_and_forgets_the_one_unused_longest()
    {
        Check(Wifi, nominate: true);
        for (uint host = 0; host < IceLiteAgent.MaxValidatedAddresses; host++) Check(TransportAddress.FromIPv4(0x0A000000 + host, 9));

        Assert.True(_agent.IsValidated(Wifi)); // in use: spared
        Assert.False(_agent.IsValidated(TransportAddress.FromIPv4(0x0A000000, 9)));
        Assert.True(_agent.IsValidated(TransportAddress.FromIPv4(0x0A00000F, 9)));
        Assert.Equal(Wifi, _agent.Selected);
    }

    [Fact]
    public void A_restart_keeps_the_old_path_until_the_first_new_check()
    {
        Check(Wifi, nominate: true);
        var renewed = new IceCredentials("RelayBBB", "another-password-of-the-relay");
        _agent.Restart(renewed);
        Assert.Equal(Wifi, _agent.Selected);
        Assert.Equal(IceLiteResult.Answered, Check(Wifi)); // the peer hasn't heard of it yet
        Assert.Equal(Wifi, _agent.Selected);

        Assert.Equal(IceLiteResult.Answered, Check(Mobile, username: "RelayBBB:peer", password: renewed.Password));

        Assert.Equal(Mobile, _agent.Selected);
        Assert.Equal(IceLiteResult.Ignored, Check(Wifi));
    }

    [Fact]
    public void The_same_address_by_tcp_is_another_path()
    {
        var tcp = Wifi with { Protocol = TransportProtocol.Tcp };
        Check(tcp, nominate: true);

        Assert.Equal(tcp, _agent.Selected);
        Assert.False(_agent.IsValidated(Wifi));
    }

    [Fact]
    public void The_last_check_is_remembered_for_consent()
    {
        Check(Wifi, now: TimeSpan.FromSeconds(3));
        Check(Wifi, now: TimeSpan.FromSeconds(8));

        Assert.Equal(TimeSpan.FromSeconds(8), _agent.LastCheckAt);
    }

    [Fact]
    public void A_room_too_small_for_the_answer_counts_as_no_check()
    {
        var length = WriteCheck("RelayAAA:peer", Local.Password, StunClass.Request, false, false, false, out var request);
        StunMessage.TryParse(request.AsSpan(0, length), out var message);

        Assert.Equal(IceLiteResult.Ignored, _agent.OnBindingRequest(message, Wifi, TimeSpan.Zero, new byte[40], out var answered));
        Assert.Equal(0, answered);
        Assert.False(_agent.IsValidated(Wifi));
    }

    [Fact]
    public void Answering_allocates_nothing()
    {
        var length = WriteCheck("RelayAAA:peer", Local.Password, StunClass.Request, true, false, false, out var request);
        Answer();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Answer();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Answer()
        {
            StunMessage.TryParse(request.AsSpan(0, length), out var message);
            _agent.OnBindingRequest(message, Wifi, TimeSpan.Zero, _response, out _);
        }
    }

    private IceLiteResult Check(
        TransportAddress source, string username = "RelayAAA:peer", string? password = null, StunClass messageClass = StunClass.Request,
        bool nominate = false, bool controlled = false, bool unknown = false, TimeSpan now = default)
    {
        var length = WriteCheck(username, password ?? Local.Password, messageClass, nominate, controlled, unknown, out var request);
        Assert.Equal(StunParseError.None, StunMessage.TryParse(request.AsSpan(0, length), out var message));
        return _agent.OnBindingRequest(message, source, now, _response, out _responseLength);
    }

    private static int WriteCheck(
        string username, string password, StunClass messageClass, bool nominate, bool controlled, bool unknown, out byte[] request)
    {
        request = new byte[256];
        var writer = new StunMessageWriter(request, messageClass, "transaction1"u8);
        writer.AddUsername(Encoding.ASCII.GetBytes(username));
        writer.AddPriority(1);
        if (nominate) writer.AddUseCandidate();
        if (controlled) writer.AddIceControlled(1);
        else writer.AddIceControlling(1);
        if (unknown) writer.Add(0x0015, "nonce"u8);
        writer.AddMessageIntegrity(Encoding.ASCII.GetBytes(password));
        writer.AddFingerprint();
        return writer.Finish();
    }
}
