using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AV1Relay.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Records : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Capabilities",
                table: "SessionBindings",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PupilDevice",
                table: "SessionBindings",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Arrangements",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Until = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    NextReviewOn = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    IsActive = table.Column<bool>(type: "boolean", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    ChangedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false),
                    PupilId = table.Column<Guid>(type: "uuid", nullable: false),
                    RecordedOn = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    SchoolId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Arrangements", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Assignments",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    SchoolId = table.Column<Guid>(type: "uuid", nullable: true),
                    PlanId = table.Column<Guid>(type: "uuid", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    ChangedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Assignments", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AttendProfiles",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    ChangedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false),
                    PupilId = table.Column<Guid>(type: "uuid", nullable: false),
                    RecordedOn = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AttendProfiles", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AuthoritySettings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    ChangedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuthoritySettings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Concerns",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    ChangedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false),
                    PupilId = table.Column<Guid>(type: "uuid", nullable: false),
                    RecordedOn = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Concerns", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ContactLogs",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    NextDue = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    ChangedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false),
                    PupilId = table.Column<Guid>(type: "uuid", nullable: false),
                    RecordedOn = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactLogs", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DeletionEvidence",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    ChangedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeletionEvidence", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Engagement",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    SessionId = table.Column<Guid>(type: "uuid", nullable: true),
                    CountsOn = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    ChangedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false),
                    PupilId = table.Column<Guid>(type: "uuid", nullable: false),
                    RecordedOn = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    SchoolId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Engagement", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "LegalHolds",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PlacedAt = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    ChangedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LegalHolds", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "MissedSessions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    ChangedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false),
                    PupilId = table.Column<Guid>(type: "uuid", nullable: false),
                    RecordedOn = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MissedSessions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Parenthoods",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ParentId = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    ChangedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false),
                    PupilId = table.Column<Guid>(type: "uuid", nullable: false),
                    RecordedOn = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Parenthoods", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PersonCards",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    ChangedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PersonCards", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Plans",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    SchoolId = table.Column<Guid>(type: "uuid", nullable: false),
                    KeyAdultId = table.Column<Guid>(type: "uuid", nullable: false),
                    LeadId = table.Column<Guid>(type: "uuid", nullable: false),
                    Status = table.Column<string>(type: "text", nullable: false),
                    NextReviewOn = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    ChangedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false),
                    PupilId = table.Column<Guid>(type: "uuid", nullable: false),
                    RecordedOn = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Plans", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PupilCards",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    DateOfBirth = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    ChangedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false),
                    PupilId = table.Column<Guid>(type: "uuid", nullable: false),
                    RecordedOn = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PupilCards", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PupilDevices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    ChangedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false),
                    PupilId = table.Column<Guid>(type: "uuid", nullable: false),
                    RecordedOn = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PupilDevices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Ratings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    StepId = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    ChangedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false),
                    PupilId = table.Column<Guid>(type: "uuid", nullable: false),
                    RecordedOn = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Ratings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Referrals",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    WaitingSince = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    ChangedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false),
                    PupilId = table.Column<Guid>(type: "uuid", nullable: false),
                    RecordedOn = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    SchoolId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Referrals", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SchoolTimes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    ChangedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SchoolTimes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Schoolings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    SchoolId = table.Column<Guid>(type: "uuid", nullable: true),
                    EarlierSchoolId = table.Column<Guid>(type: "uuid", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    ChangedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false),
                    PupilId = table.Column<Guid>(type: "uuid", nullable: false),
                    RecordedOn = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Schoolings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Schools",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    ChangedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Schools", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SentHome",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    ChangedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false),
                    PupilId = table.Column<Guid>(type: "uuid", nullable: false),
                    RecordedOn = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SentHome", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Sessions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    SchoolId = table.Column<Guid>(type: "uuid", nullable: false),
                    RobotName = table.Column<string>(type: "text", nullable: false),
                    CarrierId = table.Column<Guid>(type: "uuid", nullable: false),
                    State = table.Column<string>(type: "text", nullable: false),
                    Date = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    StartsAt = table.Column<long>(type: "bigint", nullable: false),
                    EndsAt = table.Column<long>(type: "bigint", nullable: false),
                    IsOver = table.Column<bool>(type: "boolean", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    ChangedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false),
                    PupilId = table.Column<Guid>(type: "uuid", nullable: false),
                    RecordedOn = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Sessions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "StationedRobots",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    SchoolId = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    ChangedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StationedRobots", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Arrangements_PupilId_RecordedOn",
                table: "Arrangements",
                columns: new[] { "PupilId", "RecordedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_Arrangements_RecordedOn",
                table: "Arrangements",
                column: "RecordedOn");

            migrationBuilder.CreateIndex(
                name: "IX_Arrangements_SchoolId_IsActive",
                table: "Arrangements",
                columns: new[] { "SchoolId", "IsActive" });

            migrationBuilder.CreateIndex(
                name: "IX_Assignments_PersonId",
                table: "Assignments",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_Assignments_PlanId",
                table: "Assignments",
                column: "PlanId");

            migrationBuilder.CreateIndex(
                name: "IX_Assignments_SchoolId",
                table: "Assignments",
                column: "SchoolId");

            migrationBuilder.CreateIndex(
                name: "IX_AttendProfiles_PupilId_RecordedOn",
                table: "AttendProfiles",
                columns: new[] { "PupilId", "RecordedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_AttendProfiles_RecordedOn",
                table: "AttendProfiles",
                column: "RecordedOn");

            migrationBuilder.CreateIndex(
                name: "IX_Concerns_PupilId_RecordedOn",
                table: "Concerns",
                columns: new[] { "PupilId", "RecordedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_Concerns_RecordedOn",
                table: "Concerns",
                column: "RecordedOn");

            migrationBuilder.CreateIndex(
                name: "IX_ContactLogs_PupilId_NextDue",
                table: "ContactLogs",
                columns: new[] { "PupilId", "NextDue" });

            migrationBuilder.CreateIndex(
                name: "IX_ContactLogs_PupilId_RecordedOn",
                table: "ContactLogs",
                columns: new[] { "PupilId", "RecordedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_ContactLogs_RecordedOn",
                table: "ContactLogs",
                column: "RecordedOn");

            migrationBuilder.CreateIndex(
                name: "IX_DeletionEvidence_ChangedAt",
                table: "DeletionEvidence",
                column: "ChangedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Engagement_PupilId_RecordedOn",
                table: "Engagement",
                columns: new[] { "PupilId", "RecordedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_Engagement_RecordedOn",
                table: "Engagement",
                column: "RecordedOn");

            migrationBuilder.CreateIndex(
                name: "IX_Engagement_SchoolId_CountsOn",
                table: "Engagement",
                columns: new[] { "SchoolId", "CountsOn" });

            migrationBuilder.CreateIndex(
                name: "IX_Engagement_SessionId",
                table: "Engagement",
                column: "SessionId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_MissedSessions_PupilId_RecordedOn",
                table: "MissedSessions",
                columns: new[] { "PupilId", "RecordedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_MissedSessions_RecordedOn",
                table: "MissedSessions",
                column: "RecordedOn");

            migrationBuilder.CreateIndex(
                name: "IX_Parenthoods_ParentId",
                table: "Parenthoods",
                column: "ParentId");

            migrationBuilder.CreateIndex(
                name: "IX_Parenthoods_PupilId_RecordedOn",
                table: "Parenthoods",
                columns: new[] { "PupilId", "RecordedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_Parenthoods_RecordedOn",
                table: "Parenthoods",
                column: "RecordedOn");

            migrationBuilder.CreateIndex(
                name: "IX_Plans_PupilId_RecordedOn",
                table: "Plans",
                columns: new[] { "PupilId", "RecordedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_Plans_RecordedOn",
                table: "Plans",
                column: "RecordedOn");

            migrationBuilder.CreateIndex(
                name: "IX_Plans_SchoolId_Status_NextReviewOn",
                table: "Plans",
                columns: new[] { "SchoolId", "Status", "NextReviewOn" });

            migrationBuilder.CreateIndex(
                name: "One_active_plan_a_pupil",
                table: "Plans",
                column: "PupilId",
                unique: true,
                filter: "\"Status\" = 'Active'");

            migrationBuilder.CreateIndex(
                name: "IX_PupilCards_DateOfBirth",
                table: "PupilCards",
                column: "DateOfBirth");

            migrationBuilder.CreateIndex(
                name: "IX_PupilCards_PupilId_RecordedOn",
                table: "PupilCards",
                columns: new[] { "PupilId", "RecordedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_PupilCards_RecordedOn",
                table: "PupilCards",
                column: "RecordedOn");

            migrationBuilder.CreateIndex(
                name: "IX_PupilDevices_PupilId_RecordedOn",
                table: "PupilDevices",
                columns: new[] { "PupilId", "RecordedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_PupilDevices_RecordedOn",
                table: "PupilDevices",
                column: "RecordedOn");

            migrationBuilder.CreateIndex(
                name: "IX_Ratings_PupilId_RecordedOn",
                table: "Ratings",
                columns: new[] { "PupilId", "RecordedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_Ratings_PupilId_StepId",
                table: "Ratings",
                columns: new[] { "PupilId", "StepId" });

            migrationBuilder.CreateIndex(
                name: "IX_Ratings_RecordedOn",
                table: "Ratings",
                column: "RecordedOn");

            migrationBuilder.CreateIndex(
                name: "IX_Referrals_PupilId_RecordedOn",
                table: "Referrals",
                columns: new[] { "PupilId", "RecordedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_Referrals_RecordedOn",
                table: "Referrals",
                column: "RecordedOn");

            migrationBuilder.CreateIndex(
                name: "IX_Referrals_SchoolId_WaitingSince",
                table: "Referrals",
                columns: new[] { "SchoolId", "WaitingSince" });

            migrationBuilder.CreateIndex(
                name: "IX_Schoolings_EarlierSchoolId",
                table: "Schoolings",
                column: "EarlierSchoolId");

            migrationBuilder.CreateIndex(
                name: "IX_Schoolings_PupilId_RecordedOn",
                table: "Schoolings",
                columns: new[] { "PupilId", "RecordedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_Schoolings_RecordedOn",
                table: "Schoolings",
                column: "RecordedOn");

            migrationBuilder.CreateIndex(
                name: "IX_Schoolings_SchoolId",
                table: "Schoolings",
                column: "SchoolId");

            migrationBuilder.CreateIndex(
                name: "IX_SentHome_PupilId_RecordedOn",
                table: "SentHome",
                columns: new[] { "PupilId", "RecordedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_SentHome_RecordedOn",
                table: "SentHome",
                column: "RecordedOn");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_CarrierId_Date",
                table: "Sessions",
                columns: new[] { "CarrierId", "Date" });

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_PupilId_Date",
                table: "Sessions",
                columns: new[] { "PupilId", "Date" });

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_PupilId_RecordedOn",
                table: "Sessions",
                columns: new[] { "PupilId", "RecordedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_RecordedOn",
                table: "Sessions",
                column: "RecordedOn");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_RobotName_Date",
                table: "Sessions",
                columns: new[] { "RobotName", "Date" });

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_SchoolId_Date",
                table: "Sessions",
                columns: new[] { "SchoolId", "Date" });

            migrationBuilder.CreateIndex(
                name: "Unfinished_sessions",
                table: "Sessions",
                column: "StartsAt",
                filter: "NOT \"IsOver\"");

            migrationBuilder.CreateIndex(
                name: "IX_StationedRobots_Name",
                table: "StationedRobots",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_StationedRobots_SchoolId",
                table: "StationedRobots",
                column: "SchoolId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Arrangements");

            migrationBuilder.DropTable(
                name: "Assignments");

            migrationBuilder.DropTable(
                name: "AttendProfiles");

            migrationBuilder.DropTable(
                name: "AuthoritySettings");

            migrationBuilder.DropTable(
                name: "Concerns");

            migrationBuilder.DropTable(
                name: "ContactLogs");

            migrationBuilder.DropTable(
                name: "DeletionEvidence");

            migrationBuilder.DropTable(
                name: "Engagement");

            migrationBuilder.DropTable(
                name: "LegalHolds");

            migrationBuilder.DropTable(
                name: "MissedSessions");

            migrationBuilder.DropTable(
                name: "Parenthoods");

            migrationBuilder.DropTable(
                name: "PersonCards");

            migrationBuilder.DropTable(
                name: "Plans");

            migrationBuilder.DropTable(
                name: "PupilCards");

            migrationBuilder.DropTable(
                name: "PupilDevices");

            migrationBuilder.DropTable(
                name: "Ratings");

            migrationBuilder.DropTable(
                name: "Referrals");

            migrationBuilder.DropTable(
                name: "SchoolTimes");

            migrationBuilder.DropTable(
                name: "Schoolings");

            migrationBuilder.DropTable(
                name: "Schools");

            migrationBuilder.DropTable(
                name: "SentHome");

            migrationBuilder.DropTable(
                name: "Sessions");

            migrationBuilder.DropTable(
                name: "StationedRobots");

            migrationBuilder.DropColumn(
                name: "Capabilities",
                table: "SessionBindings");

            migrationBuilder.DropColumn(
                name: "PupilDevice",
                table: "SessionBindings");
        }
    }
}
