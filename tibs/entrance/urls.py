"""Signing in and out, and one's own account. Pages of allauth that are not named here do not exist."""

from django.urls import path, re_path

from tibs.entrance.views import again, devices, notifications, own_account, signing_in

urlpatterns = [
    path("", own_account.overview, name="account_overview"),
    path("login/", signing_in.login, name="account_login"),
    path("login/code/", signing_in.ask_for_code, name="account_request_login_code"),
    path("login/code/enter/", signing_in.enter_code, name="account_confirm_login_code"),
    path("login/passkey/", signing_in.login_with_passkey, name="mfa_login_webauthn"),
    path("login/second-step/", signing_in.second_step_at_login, name="mfa_authenticate"),
    path("logout/", signing_in.logout, name="account_logout"),
    path("password/", own_account.change_password, name="account_change_password"),
    path("password/reset/", signing_in.reset_password, name="account_reset_password"),
    path("password/reset/done/", signing_in.reset_password_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        signing_in.choose_password,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        signing_in.choose_password_done,
        name="account_reset_password_from_key_done",
    ),
    path("address/", own_account.new_address, name="account_address"),
    path("address/<str:token>/", own_account.confirm_address, name="account_new_address"),
    path("notifications/", notifications.notifications, name="account_notifications"),
    path("unsubscribe/<str:token>/", notifications.end_letters, name="unsubscribe"),
    path("session/", own_account.stay, name="account_stay"),
    path("sessions/end/", own_account.end, name="account_end_sessions"),
    path("again/", again.with_password, name="account_reauthenticate"),
    path("again/code/", again.with_code, name="mfa_reauthenticate"),
    path("again/passkey/", again.with_passkey, name="mfa_reauthenticate_webauthn"),
    path("again/mail/", again.sign_in_again, name="account_sign_in_again"),
    path("second-step/", devices.index, name="mfa_index"),
    path("second-step/app/", devices.set_up_app, name="mfa_activate_totp"),
    path("second-step/passkey/", devices.add_passkey, name="mfa_add_webauthn"),
    path("second-step/<int:pk>/remove/", devices.remove, name="mfa_remove_device"),
    path("second-step/recovery-codes/", devices.show_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-step/recovery-codes/new/", devices.renew_recovery_codes, name="mfa_renew_recovery_codes"),
]
